package org.mlxspring.engine.text.jinja;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The filters of a chat template, by name: jinja2's own, with Hugging Face's {@code tojson}. */
final class Filters {

    /** A filter: its input and the arguments written after its name. */
    @FunctionalInterface
    interface Filter {

        Object apply(Object input, Arguments arguments);
    }

    private static final Map<String, Filter> BY_NAME = Map.ofEntries(
            Map.entry("tojson", Json::filter),
            Map.entry("trim", TextFilters::trim),
            Map.entry("upper", (in, a) -> plain(a, "upper", TextFilters.text(in).toUpperCase(Locale.ROOT))),
            Map.entry("lower", (in, a) -> plain(a, "lower", TextFilters.text(in).toLowerCase(Locale.ROOT))),
            Map.entry("capitalize", (in, a) -> plain(a, "capitalize", StringMethods.capitalize(TextFilters.text(in)))),
            Map.entry("title", (in, a) -> plain(a, "title", TextFilters.title(in))),
            Map.entry("replace", TextFilters::replace),
            Map.entry("indent", TextFilters::indent),
            Map.entry("center", TextFilters::center),
            Map.entry("truncate", TextFilters::truncate),
            Map.entry("wordcount", (in, a) -> plain(a, "wordcount", TextFilters.wordCount(in))),
            Map.entry("format", TextFilters::format),
            Map.entry("string", (in, a) -> plain(a, "string", Representation.text(in))),
            Map.entry("safe", (in, a) -> plain(a, "safe", new Markup(Representation.text(in)))),
            Map.entry("escape", (in, a) -> plain(a, "escape", Markup.escaped(in))),
            Map.entry("e", (in, a) -> plain(a, "e", Markup.escaped(in))),
            Map.entry("forceescape", (in, a) -> plain(a, "forceescape", new Markup(TextFilters.escape(in)))),
            Map.entry("urlencode", (in, a) -> plain(a, "urlencode", TextFilters.urlEncode(in))),
            Map.entry("length", (in, a) -> plain(a, "length", length(in))),
            Map.entry("count", (in, a) -> plain(a, "count", length(in))),
            Map.entry("default", Filters::fallback),
            Map.entry("d", Filters::fallback),
            Map.entry("attr", Filters::attribute),
            Map.entry("int", NumberFilters::integer),
            Map.entry("float", NumberFilters::floating),
            Map.entry("round", NumberFilters::round),
            Map.entry("abs", (in, a) -> plain(a, "abs", NumberFilters.absolute(in))),
            Map.entry("sum", SequenceFilters::sum),
            Map.entry("min", (in, a) -> SequenceFilters.extreme(in, a, "min")),
            Map.entry("max", (in, a) -> SequenceFilters.extreme(in, a, "max")),
            Map.entry("first", (in, a) -> plain(a, "first", SequenceFilters.first(in))),
            Map.entry("last", (in, a) -> plain(a, "last", SequenceFilters.last(in))),
            Map.entry("list", (in, a) -> plain(a, "list", Types.list(in))),
            Map.entry("reverse", (in, a) -> plain(a, "reverse", SequenceFilters.reverse(in))),
            Map.entry("items", (in, a) -> plain(a, "items", SequenceFilters.items(in))),
            Map.entry("join", SequenceFilters::join),
            Map.entry("sort", SequenceFilters::sort),
            Map.entry("dictsort", SequenceFilters::dictSort),
            Map.entry("unique", SequenceFilters::unique),
            Map.entry("groupby", SequenceFilters::groupBy),
            Map.entry("batch", SequenceFilters::batch),
            Map.entry("slice", SequenceFilters::slice),
            Map.entry("map", SelectionFilters::map),
            Map.entry("select", (in, a) -> SelectionFilters.select(in, a, true, false)),
            Map.entry("reject", (in, a) -> SelectionFilters.select(in, a, false, false)),
            Map.entry("selectattr", (in, a) -> SelectionFilters.select(in, a, true, true)),
            Map.entry("rejectattr", (in, a) -> SelectionFilters.select(in, a, false, true)));

    /** Filters that give a marked text back marked. */
    private static final Set<String> KEEP_MARKS =
            Set.of("upper", "lower", "capitalize", "trim", "string", "indent", "center", "truncate", "reverse");

    /** Filters that tell a marked text from another. */
    private static final Set<String> SEE_MARKS = Set.of("escape", "e", "default", "d", "format", "attr");

    private Filters() {}

    static boolean exists(String name) {
        return BY_NAME.containsKey(name);
    }

    static Object apply(String name, Object input, Arguments arguments) {
        Filter filter = Optional.ofNullable(BY_NAME.get(name))
                .orElseThrow(() -> new EvaluationException("there is no filter named '" + name + "'"));
        Object result = filter.apply(SEE_MARKS.contains(name) ? input : Markup.plain(input), arguments);
        return input instanceof Markup && KEEP_MARKS.contains(name) ? Markup.marked(result) : result;
    }

    private static Object plain(Arguments arguments, String name, Object result) {
        arguments.bind(name, 0);
        return result;
    }

    private static Object length(Object input) {
        return (long) Types.length(input)
                .orElseThrow(() -> new EvaluationException("object of type '" + Types.name(input) + "' has no len()"));
    }

    private static Object fallback(Object input, Arguments arguments) {
        var bound = arguments.bind("default", 0, "default_value", "boolean");
        boolean absent = input instanceof Undefined || bound.truth(1, false) && !Types.truth(input);
        return absent ? bound.get(0, "") : input;
    }

    private static Object attribute(Object input, Arguments arguments) {
        String name = arguments.bind("attr", 1, "name").text(0);
        return input instanceof Map<?, ?> && !(Attributes.attribute(input, name) instanceof Callable)
                ? Undefined.attribute(input, name)
                : Attributes.attribute(input, name);
    }
}
