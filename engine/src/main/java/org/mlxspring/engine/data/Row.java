package org.mlxspring.engine.data;

/** One example of a dataset: in one of the three formats that mlx-lm reads, or a preference. */
public sealed interface Row permits ChatRow, CompletionRow, TextRow, PreferenceRow {}
