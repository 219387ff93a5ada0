package org.mlxspring.engine.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of JSON objects, of the formats that what is done with them can use. */
interface RowFormat {

    /**
     * @throws RowRefusal when the object is no such row
     */
    Row row(Map<String, @Nullable Object> object) throws RowRefusal;
}
