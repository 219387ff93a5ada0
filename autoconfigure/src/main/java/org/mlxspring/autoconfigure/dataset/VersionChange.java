package org.mlxspring.autoconfigure.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What to change of a dataset version: its rows never do.
 *
 * @param note what there is to know about it; at most 2,000 characters
 */
public record VersionChange(@Nullable String note) {}
