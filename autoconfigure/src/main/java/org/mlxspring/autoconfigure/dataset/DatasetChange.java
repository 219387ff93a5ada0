package org.mlxspring.autoconfigure.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What to change of a dataset.
 *
 * @param description what it is, in words; at most 2,000 characters
 */
public record DatasetChange(@Nullable String description) {}
