package org.mlxspring.autoconfigure.retention;

import org.jspecify.annotations.Nullable;

/**
 * How long the rows of one dataset are kept.
 *
 * @param rowsForDays age in days at which its rows are erased; null for what {@code mlx.datasets.retention.rows-for} says
 * @param versionsKept how many of its newest versions are kept; null for what {@code
 *     mlx.datasets.retention.versions-kept} says
 */
public record DatasetRetention(
        @Nullable Integer rowsForDays, @Nullable Integer versionsKept) {}
