package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what filters call an attribute: {@code "name"}, {@code "function.name"} or {@code "items.0"}. */
final class AttributePath {

    private AttributePath() {}

    static Function<Object, Object> getter(Object attribute) {
        return getter(attribute, None.NONE);
    }

    /** With a value to take where there is no attribute, unless it is none. */
    static Function<Object, Object> getter(Object attribute, Object fallback) {
        List<Object> parts = parts(attribute);
        return item -> {
            Object value = item;
            for (Object part : parts) {
                value = Attributes.subscript(value, part);
                if (value instanceof Undefined && fallback != None.NONE) {
                    value = fallback;
                }
            }
            return value;
        };
    }

    private static List<Object> parts(Object attribute) {
        if (attribute == None.NONE) {
            return List.of();
        }
        if (!(attribute instanceof String path)) {
            return List.of(attribute);
        }
        List<Object> parts = new ArrayList<>();
        for (String part : path.split("\\.", -1)) {
            parts.add(part.matches("\\d+") ? (Object) Long.valueOf(part) : part);
        }
        return parts;
    }
}
