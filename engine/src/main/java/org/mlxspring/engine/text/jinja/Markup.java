package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text that the filter {@code safe} or {@code escape} has marked: markupsafe's {@code Markup}. It prints as it is, but
 * what is added to it or put into it by an operator or a method is escaped for HTML first.
 *
 * @param text the text
 */
record Markup(String text) {

    /** The text of a marked value; any other value as it is. */
    static Object plain(Object value) {
        return value instanceof Markup(String text) ? text : value;
    }

    /** A result with its texts marked, in a list or tuple too. */
    static Object marked(Object result) {
        return switch (result) {
            case String text -> new Markup(text);
            case List<?> items -> items.stream().map(Markup::marked).toList();
            case Tuple(List<Object> items, _) ->
                new Tuple(items.stream().map(Markup::marked).toList());
            default -> result;
        };
    }

    static Markup escaped(Object value) {
        return value instanceof Markup markup ? markup : new Markup(TextFilters.escape(value));
    }

    /** {@code left operator right}, where one of them is marked. */
    static Object binary(String operator, Object left, Object right) {
        if (operator.equals("+") && isText(left) && isText(right)) {
            return new Markup(escaped(left).text() + escaped(right).text());
        }
        Object values = operator.equals("%") && left instanceof Markup ? inserted(right) : plain(right);
        Object result = Operators.binary(operator, plain(left), values);
        return operator.equals("%") && !(left instanceof Markup) ? result : marked(result);
    }

    private static boolean isText(Object value) {
        return value instanceof Markup || value instanceof String;
    }

    /** A value as the text that a format puts in; a number stays one, so that it can be formatted. */
    private static Object inserted(Object value) {
        return switch (value) {
            case Tuple(List<Object> items, _) ->
                new Tuple(items.stream().map(Markup::inserted).toList());
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, item) -> copy.put(key, inserted(item)));
                yield copy;
            }
            default -> Numbers.isNumber(value) ? value : escaped(value).text();
        };
    }

    /** A method of the text: its result is marked, and what it puts into the text is escaped. */
    Optional<Object> method(String name) {
        return StringMethods.find(text, name)
                .map(method -> (Callable) arguments -> marked(method.call(given(name, arguments))));
    }

    private static Arguments given(String name, Arguments arguments) {
        List<Object> positional = arguments.positional();
        return switch (name) {
            case "format" -> {
                Map<String, Object> keywords = new LinkedHashMap<>();
                arguments.keywords().forEach((key, value) -> keywords.put(key, inserted(value)));
                yield new Arguments(positional.stream().map(Markup::inserted).toList(), keywords);
            }
            case "join" -> {
                List<Object> items = new ArrayList<>();
                Types.iterate(arguments.bind("join", 1, "iterable").get(0))
                        .forEachRemaining(item -> items.add(escaped(item).text()));
                yield Arguments.of(items);
            }
            case "replace" -> {
                List<Object> changed = new ArrayList<>(positional);
                if (changed.size() > 1) {
                    changed.set(1, escaped(changed.get(1)).text());
                }
                yield new Arguments(changed, arguments.keywords());
            }
            default -> arguments;
        };
    }
}
