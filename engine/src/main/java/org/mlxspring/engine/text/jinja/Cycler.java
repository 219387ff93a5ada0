package org.mlxspring.engine.text.jinja;

import java.util.List;
import java.util.Optional;

/** What {@code cycler()} gives: values in turn. */
final class Cycler {

    private final List<Object> values;
    private int position;

    Cycler(List<Object> values) {
        if (values.isEmpty()) {
            throw new EvaluationException("cycler() needs at least one value");
        }
        this.values = values;
    }

    Optional<Object> attribute(String name) {
        Object value =
                switch (name) {
                    case "current" -> values.get(position);
                    case "next" -> (Callable) _ -> next();
                    case "reset" -> (Callable) _ -> reset();
                    default -> null;
                };
        return Optional.ofNullable(value);
    }

    private Object next() {
        Object current = values.get(position);
        position = (position + 1) % values.size();
        return current;
    }

    private Object reset() {
        position = 0;
        return None.NONE;
    }
}
