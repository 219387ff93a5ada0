package org.mlxspring.engine.text.jinja;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters whose result is text. */
final class TextFilters {

    private static final Pattern WORD_START = Pattern.compile("[-\\s({\\[<]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

    private TextFilters() {}

    static String text(Object input) {
        return Representation.text(input);
    }

    static Object trim(Object input, Arguments arguments) {
        return StringMethods.strip(text(input), arguments, true, true, "trim");
    }

    static String title(Object input) {
        String text = text(input);
        var out = new StringBuilder();
        Matcher separator = WORD_START.matcher(text);
        int from = 0;
        while (separator.find()) {
            out.append(titleWord(text.substring(from, separator.start()))).append(separator.group());
            from = separator.end();
        }
        return out.append(titleWord(text.substring(from))).toString();
    }

    private static String titleWord(String word) {
        if (word.isEmpty()) {
            return word;
        }
        int first = Character.charCount(word.codePointAt(0));
        return word.substring(0, first).toUpperCase(Locale.ROOT)
                + word.substring(first).toLowerCase(Locale.ROOT);
    }

    static Object replace(Object input, Arguments arguments) {
        var bound = arguments.bind("replace", 2, "old", "new", "count");
        int most = bound.get(2, None.NONE) == None.NONE ? -1 : bound.integer(2, -1);
        return StringMethods.replace(text(input), text(bound.get(0)), text(bound.get(1)), most);
    }

    static Object indent(Object input, Arguments arguments) {
        var bound = arguments.bind("indent", 0, "width", "first", "blank");
        if (!(input instanceof String text)) {
            throw new EvaluationException("indent() needs a string, but was given " + Types.article(input));
        }
        String unit = bound.get(0, 4L) instanceof String string ? string : " ".repeat(Math.max(0, bound.integer(0, 4)));
        boolean blank = bound.truth(2, false);
        List<Object> lines = StringSplitting.lines(text + "\n", false);
        List<String> out = new ArrayList<>();
        for (Object each : lines) {
            String line = (String) each;
            out.add(out.isEmpty() || line.isEmpty() && !blank ? line : unit + line);
        }
        return (bound.truth(1, false) ? unit : "") + String.join("\n", out);
    }

    static Object center(Object input, Arguments arguments) {
        int width = arguments.bind("center", 0, "width").integer(0, 80);
        return StringMethods.pad(text(input), width, " ", 1);
    }

    static Object truncate(Object input, Arguments arguments) {
        var bound = arguments.bind("truncate", 0, "length", "killwords", "end", "leeway");
        String text = text(input);
        int length = bound.integer(0, 255);
        String end = bound.text(2, "...");
        int leeway = bound.get(3, None.NONE) == None.NONE ? 5 : bound.integer(3, 5);
        int kept = length - PythonText.length(end);
        if (kept < 0 || leeway < 0) {
            throw new EvaluationException(
                    "truncate() needs a length of at least its end's, and a leeway of at least 0");
        }
        if (PythonText.length(text) <= length + leeway) {
            return text;
        }
        String start = PythonText.substring(text, 0, kept);
        int space = start.lastIndexOf(' ');
        return (bound.truth(1, false) || space < 0 ? start : start.substring(0, space)) + end;
    }

    static Object wordCount(Object input) {
        return WORD.matcher(text(input)).results().count();
    }

    static Object format(Object input, Arguments arguments) {
        if (!arguments.positional().isEmpty() && !arguments.keywords().isEmpty()) {
            throw new EvaluationException("format() takes positional or named arguments, not both");
        }
        Object values = arguments.keywords().isEmpty()
                ? new Tuple(arguments.positional())
                : Types.fromJava(arguments.keywords());
        return Operators.binary("%", input instanceof Markup ? input : text(input), values);
    }

    static String escape(Object input) {
        return text(input)
                .replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    static String urlEncode(Object input) {
        if (input instanceof String || !Types.iterable(input)) {
            return quote(text(input)).replace("%2F", "/");
        }
        List<String> pairs = new ArrayList<>();
        Object items = input instanceof Map<?, ?> map ? new DictView(DictView.Kind.ITEMS, Types.dict(map)) : input;
        for (Object pair : Types.list(items)) {
            List<Object> parts = Types.list(pair);
            pairs.add(quote(text(parts.get(0))).replace("%20", "+") + "="
                    + quote(text(parts.get(1))).replace("%20", "+"));
        }
        return String.join("&", pairs);
    }

    private static String quote(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
