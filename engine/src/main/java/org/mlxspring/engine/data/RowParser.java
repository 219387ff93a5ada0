package org.mlxspring.engine.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows that come one by one and not in a file: from a table, a request, or a reader that finds its own lines. Any
 * format is taken; whether rows of one dataset may stand beside each other is for the caller to say. Safe for several
 * threads.
 */
public final class RowParser {

    private RowParser() {}

    /**
     * The JSON object of a line.
     *
     * @param utf8 one JSON object in UTF-8
     * @throws RowRefusal when it is no whole JSON object
     */
    public static Map<String, @Nullable Object> object(byte[] utf8) throws RowRefusal {
        return JsonLine.read(utf8);
    }

    /**
     * The row of an object: {@code messages} (and {@code tools}), {@code prompt} and {@code completion}, {@code text},
     * or a preference as {@link PreferenceRow} describes it. Other keys are left out.
     *
     * @param object strings, numbers, booleans, lists and maps, as JSON has them
     * @throws RowRefusal when it has the keys of no format or of two, or a value is not what its format asks for
     */
    public static Row row(Map<String, @Nullable Object> object) throws RowRefusal {
        // A format of its own for each row: one that is used again refuses preferences among others.
        return new AnyFormat(RowKeys.standard(), LossMask.ROW).checkedRow(object);
    }
}
