package org.mlxspring.engine.text.jinja;

import java.util.List;
import java.util.Optional;

/**
 * Python's {@code tuple}.
 *
 * @param items its items
 * @param names names of the items, for a tuple that has them
 */
record Tuple(List<Object> items, List<String> names) {

    Tuple(List<Object> items) {
        this(items, List.of());
    }

    static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }

    Optional<Object> named(String name) {
        int index = names.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(items.get(index));
    }
}
