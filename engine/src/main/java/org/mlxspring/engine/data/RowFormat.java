package org.mlxspring.engine.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of JSON objects, of the formats that what is done with them can use. */
interface RowFormat {

    /**
     * The row of an object, whose texts may still have half characters.
     *
     * @throws RowRefusal when the object is no such row
     */
    Row row(Map<String, @Nullable Object> object) throws RowRefusal;

    /**
     * The row of an object, and nothing in the object is half a character, which no tokenizer takes.
     *
     * @throws RowRefusal when the object is no such row
     */
    default Row checkedRow(Map<String, @Nullable Object> object) throws RowRefusal {
        Row row = row(object);
        JsonLine.requireWholeCharacters(object);
        return row;
    }
}
