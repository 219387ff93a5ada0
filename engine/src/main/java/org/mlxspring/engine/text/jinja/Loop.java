package org.mlxspring.engine.text.jinja;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The variable {@code loop} inside a {@code for}. */
final class Loop implements Callable {

    private final List<Object> items;
    private final int depth;
    private final Optional<BiFunction<Object, Integer, Object>> recursion;
    private int index = -1;
    private Optional<List<Object>> lastChanged = Optional.empty();

    /**
     * @param items all items of the loop
     * @param depth how deep a recursive loop is, from 0
     * @param recursion renders the body for further items at a depth, where the loop is recursive
     */
    Loop(List<Object> items, int depth, Optional<BiFunction<Object, Integer, Object>> recursion) {
        this.items = items;
        this.depth = depth;
        this.recursion = recursion;
    }

    boolean advance() {
        index++;
        return index < items.size();
    }

    Object item() {
        return items.get(index);
    }

    int length() {
        return items.size();
    }

    @Override
    public Object call(Arguments arguments) {
        Object inner = arguments.bind("loop", 1, "iterable").get(0);
        return recursion
                .orElseThrow(() -> new EvaluationException("only a loop marked 'recursive' can be called"))
                .apply(inner, depth + 1);
    }

    Optional<Object> attribute(String name) {
        Object value =
                switch (name) {
                    case "index" -> (long) index + 1;
                    case "index0" -> (long) index;
                    case "revindex" -> (long) items.size() - index;
                    case "revindex0" -> (long) items.size() - index - 1;
                    case "first" -> index == 0;
                    case "last" -> index == items.size() - 1;
                    case "length" -> (long) items.size();
                    case "depth" -> (long) depth + 1;
                    case "depth0" -> (long) depth;
                    case "previtem" -> index > 0 ? items.get(index - 1) : new Undefined("there is no previous item");
                    case "nextitem" ->
                        index + 1 < items.size() ? items.get(index + 1) : new Undefined("there is no next item");
                    case "cycle" -> (Callable) this::cycle;
                    case "changed" -> (Callable) this::changed;
                    default -> null;
                };
        return Optional.ofNullable(value);
    }

    private Object cycle(Arguments arguments) {
        List<Object> values = arguments.positional();
        if (values.isEmpty()) {
            throw new EvaluationException("cycle() needs at least one value");
        }
        return values.get(index % values.size());
    }

    private Object changed(Arguments arguments) {
        List<Object> values = arguments.positional();
        boolean same =
                lastChanged.filter(earlier -> Operators.equal(earlier, values)).isPresent();
        lastChanged = Optional.of(values);
        return !same;
    }
}
