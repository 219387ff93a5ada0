package org.mlxspring.engine.text.jinja;

import java.util.Map;
import java.util.Optional;

/** The tests of a template, by name: what may follow {@code is}. */
final class Predicates {

    @FunctionalInterface
    private interface Predicate {

        boolean test(Object value, Arguments arguments);
    }

    private static final Map<String, Predicate> BY_NAME = Map.ofEntries(
            Map.entry("defined", (v, a) -> plain(a, "defined", !(v instanceof Undefined))),
            Map.entry("undefined", (v, a) -> plain(a, "undefined", v instanceof Undefined)),
            Map.entry("none", (v, a) -> plain(a, "none", v == None.NONE)),
            Map.entry("boolean", (v, a) -> plain(a, "boolean", v instanceof Boolean)),
            Map.entry("true", (v, a) -> plain(a, "true", v.equals(true))),
            Map.entry("false", (v, a) -> plain(a, "false", v.equals(false))),
            Map.entry("integer", (v, a) -> plain(a, "integer", isInteger(v))),
            Map.entry("float", (v, a) -> plain(a, "float", v instanceof Double)),
            Map.entry("number", (v, a) -> plain(a, "number", Numbers.isNumber(v))),
            Map.entry("string", (v, a) -> plain(a, "string", v instanceof String)),
            Map.entry("mapping", (v, a) -> plain(a, "mapping", v instanceof Map)),
            Map.entry("iterable", (v, a) -> plain(a, "iterable", Types.iterable(v))),
            Map.entry("sequence", (v, a) -> plain(a, "sequence", isSequence(v))),
            Map.entry("callable", (v, a) -> plain(a, "callable", v instanceof Callable || v instanceof Undefined)),
            Map.entry("lower", (v, a) -> plain(a, "lower", StringMethods.isLower(Representation.text(v)))),
            Map.entry("upper", (v, a) -> plain(a, "upper", StringMethods.isUpper(Representation.text(v)))),
            Map.entry("escaped", (v, a) -> plain(a, "escaped", v instanceof Markup)),
            Map.entry("odd", (v, a) -> plain(a, "odd", remainder(v, 2L, 1L))),
            Map.entry("even", (v, a) -> plain(a, "even", remainder(v, 2L, 0L))),
            Map.entry(
                    "divisibleby",
                    (v, a) -> remainder(v, a.bind("divisibleby", 1, "num").get(0), 0L)),
            Map.entry("sameas", (v, a) -> same(v, a.bind("sameas", 1, "other").get(0))),
            Map.entry("in", (v, a) -> Operators.contains(a.bind("in", 1, "seq").get(0), v)),
            Map.entry("filter", (v, a) -> plain(a, "filter", Filters.exists(Representation.text(v)))),
            Map.entry("test", (v, a) -> plain(a, "test", exists(Representation.text(v)))),
            Map.entry("==", comparison("==")),
            Map.entry("eq", comparison("==")),
            Map.entry("equalto", comparison("==")),
            Map.entry("!=", comparison("!=")),
            Map.entry("ne", comparison("!=")),
            Map.entry(">", comparison(">")),
            Map.entry("gt", comparison(">")),
            Map.entry("greaterthan", comparison(">")),
            Map.entry(">=", comparison(">=")),
            Map.entry("ge", comparison(">=")),
            Map.entry("<", comparison("<")),
            Map.entry("lt", comparison("<")),
            Map.entry("lessthan", comparison("<")),
            Map.entry("<=", comparison("<=")),
            Map.entry("le", comparison("<=")));

    private Predicates() {}

    static boolean exists(String name) {
        return BY_NAME.containsKey(name);
    }

    static boolean test(String name, Object value, Arguments arguments) {
        return Optional.ofNullable(BY_NAME.get(name))
                .orElseThrow(() -> new EvaluationException("there is no test named '" + name + "'"))
                .test(name.equals("escaped") ? value : Markup.plain(value), arguments);
    }

    private static boolean plain(Arguments arguments, String name, boolean result) {
        arguments.bind(name, 0);
        return result;
    }

    private static Predicate comparison(String operator) {
        return (value, arguments) -> Operators.compare(
                operator, value, arguments.bind(operator, 1, "other").get(0));
    }

    private static boolean isInteger(Object value) {
        return !(value instanceof Boolean) && Numbers.asInteger(value).isPresent();
    }

    private static boolean isSequence(Object value) {
        return Types.length(value).isPresent() && !(value instanceof DictView) && !(value instanceof Loop);
    }

    private static boolean remainder(Object value, Object divisor, Object expected) {
        return Operators.equal(Operators.binary("%", value, divisor), expected);
    }

    private static boolean same(Object value, Object other) {
        return value == other
                || (value instanceof Boolean || value instanceof Long || value instanceof String)
                        && value.equals(other);
    }
}
