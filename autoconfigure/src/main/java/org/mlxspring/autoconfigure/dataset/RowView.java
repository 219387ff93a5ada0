package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.data.Split;

/**
 * A row with its text.
 *
 * @param id its id in the dataset
 * @param split {@code TRAIN}, {@code VALID} or {@code TEST}
 * @param kind {@code ANSWER} or {@code PREFERENCE}
 * @param row the row as models are trained on it, redacted where redaction is on
 * @param original the row before it was redacted; null where that was not kept, and in lists
 * @param firstVersion number of the first version that it is in
 * @param lastVersion number of the last version that it is in; null while it is in the newest
 * @param addedAt when it came
 */
public record RowView(
        long id,
        Split split,
        RowKind kind,
        Map<String, @Nullable Object> row,
        @Nullable Map<String, @Nullable Object> original,
        int firstVersion,
        @Nullable Integer lastVersion,
        Instant addedAt) {}
