package org.mlxspring.engine.text.jinja;

import java.util.List;

/**
 * Python's {@code tuple}.
 *
 * @param items its items
 */
record Tuple(List<Object> items) {

    static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }
}
