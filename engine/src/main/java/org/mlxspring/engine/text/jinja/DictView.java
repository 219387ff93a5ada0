package org.mlxspring.engine.text.jinja;

import java.util.List;
import java.util.Map;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a dictionary give: has a length, but no positions.
 *
 * @param kind which of the three
 * @param dict the dictionary
 */
record DictView(Kind kind, Map<Object, Object> dict) {

    enum Kind {
        KEYS,
        VALUES,
        ITEMS
    }

    List<Object> items() {
        return switch (kind) {
            case KEYS -> List.copyOf(dict.keySet());
            case VALUES -> List.copyOf(dict.values());
            case ITEMS ->
                dict.entrySet().stream()
                        .map(entry -> (Object) Tuple.of(entry.getKey(), entry.getValue()))
                        .toList();
        };
    }
}
