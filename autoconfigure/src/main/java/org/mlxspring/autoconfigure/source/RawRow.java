package org.mlxspring.autoconfigure.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row as its source gives it, before anybody looked into it. */
sealed interface RawRow {

    Place place();

    /** A line of JSON. */
    record Line(Place place, byte[] utf8) implements RawRow {}

    /** Values by the names of their columns, and what the source says of the row besides. */
    record Fields(Place place, Map<String, @Nullable Object> values, RowMarks marks) implements RawRow {}

    /** Something that is no row. */
    record Unreadable(Place place, String reason, byte[] text) implements RawRow {}
}
