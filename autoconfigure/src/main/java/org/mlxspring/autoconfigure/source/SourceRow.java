package org.mlxspring.autoconfigure.source;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.data.Split;

/**
 * A row of a {@link DatasetSource}.
 *
 * @param values an object of one of the formats, such as {@code prompt} and {@code completion}; strings, numbers,
 *     booleans, lists and maps
 * @param id its id in the application; a later row of the same id takes its place
 * @param subject key of the person or thing that it is about, so that all of its rows can be erased
 * @param split where it belongs; empty to let its hash decide
 * @param watermark how far the source is with this row; at most 100 characters, never text of a row, since it is stored
 *     in the clear. The one of the last row is kept
 */
public record SourceRow(
        Map<String, @Nullable Object> values,
        Optional<String> id,
        Optional<String> subject,
        Optional<Split> split,
        Optional<String> watermark) {

    /** A row with nothing but its values. */
    public static SourceRow of(Map<String, @Nullable Object> values) {
        return new SourceRow(values, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A row that can be changed and erased later, and is read once. */
    public static SourceRow of(
            Map<String, @Nullable Object> values, String id, @Nullable String subject, @Nullable String watermark) {
        return new SourceRow(
                values, Optional.of(id), Optional.ofNullable(subject), Optional.empty(), Optional.ofNullable(watermark));
    }
}
