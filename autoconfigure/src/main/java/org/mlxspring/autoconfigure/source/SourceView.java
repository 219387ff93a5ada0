package org.mlxspring.autoconfigure.source;

import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.IntakeMode;

/**
 * A source as REST and Java callers see it.
 *
 * @param name its name in {@code mlx.datasets.sources}, or that of a bean
 * @param dataset name of the dataset that its rows go to
 * @param kind {@code folder}, {@code query} or {@code bean}
 * @param mode {@code REPLACE} where an import is the whole content, {@code APPEND} where it comes on top
 * @param watermark how far it was read by its last import that was finished; null without one
 * @param lastImport its newest import; null before the first
 */
public record SourceView(
        String name,
        String dataset,
        String kind,
        IntakeMode mode,
        @Nullable String watermark,
        @Nullable ImportView lastImport) {}
