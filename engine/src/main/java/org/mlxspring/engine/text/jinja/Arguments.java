package org.mlxspring.engine.text.jinja;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values a function, filter, test or macro is called with.
 *
 * @param positional in their order
 * @param keywords by name, in their order
 */
record Arguments(List<Object> positional, Map<String, Object> keywords) {

    static final Arguments NONE = new Arguments(List.of(), Map.of());

    static Arguments of(Object... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    /** Assigns them to parameters; the first {@code required} must be there. */
    Bound bind(String function, int required, String... parameters) {
        if (positional.size() > parameters.length) {
            throw new EvaluationException(function + "() takes at most " + parameters.length + " arguments, but "
                    + positional.size() + " were given");
        }
        Set<String> unknown = new HashSet<>(keywords.keySet());
        Object[] values = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            Object value = i < positional.size() ? positional.get(i) : keywords.get(parameters[i]);
            if (value == null && i < required) {
                throw new EvaluationException(function + "() needs an argument '" + parameters[i] + "'");
            }
            if (i >= positional.size()) {
                unknown.remove(parameters[i]);
            }
            values[i] = value == null ? Missing.MISSING : Markup.plain(value);
        }
        if (!unknown.isEmpty()) {
            throw new EvaluationException(
                    function + "() takes no argument '" + unknown.iterator().next() + "'");
        }
        return new Bound(function, values);
    }

    private enum Missing {
        MISSING
    }

    /** Arguments by the position of their parameter. */
    record Bound(String function, Object[] values) {

        boolean has(int index) {
            return values[index] != Missing.MISSING;
        }

        Object get(int index, Object fallback) {
            return has(index) ? values[index] : fallback;
        }

        Object get(int index) {
            return values[index];
        }

        String text(int index) {
            if (values[index] instanceof String text) {
                return text;
            }
            throw new EvaluationException(
                    function + "() needs a string, but was given " + Types.article(values[index]));
        }

        String text(int index, String fallback) {
            return has(index) ? text(index) : fallback;
        }

        boolean truth(int index, boolean fallback) {
            return has(index) ? Types.truth(values[index]) : fallback;
        }

        int integer(int index, int fallback) {
            return has(index) ? Numbers.index(values[index]) : fallback;
        }
    }
}
