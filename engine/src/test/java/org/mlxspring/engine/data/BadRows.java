package org.mlxspring.engine.data;

import java.util.ArrayList;
import java.util.List;

/** What a reader refuses of its file. */
final class BadRows {

    private BadRows() {}

    /** The bad rows in their order; the reader is closed. */
    static List<RowException> of(RowReader reader) {
        List<RowException> bad = new ArrayList<>();
        try (reader) {
            boolean more = true;
            while (more) {
                try {
                    more = reader.read().isPresent();
                } catch (RowException e) {
                    bad.add(e);
                }
            }
        }
        return bad;
    }
}
