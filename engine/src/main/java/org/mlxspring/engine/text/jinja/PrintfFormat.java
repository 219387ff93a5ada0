package org.mlxspring.engine.text.jinja;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code format % values}. */
final class PrintfFormat {

    private static final Pattern FIELD =
            Pattern.compile("%(?:\\(([^)]*)\\))?([-+ #0]*)(\\d+)?(?:\\.(\\d+))?([a-zA-Z%])");

    private PrintfFormat() {}

    static String format(String format, Object values) {
        List<Object> positional = values instanceof Tuple(List<Object> items, _) ? items : List.of(values);
        Iterator<Object> rest = positional.iterator();
        var out = new StringBuilder();
        int from = 0;
        Matcher field = FIELD.matcher(format);
        for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
            if (!field.region(at, format.length()).lookingAt()) {
                throw new EvaluationException("the format after '%' is incomplete");
            }
            out.append(format, from, at);
            from = field.end();
            if (field.group(5).equals("%")) {
                out.append('%');
                continue;
            }
            Object value;
            if (field.group(1) != null) {
                value = Attributes.subscript(values, field.group(1));
            } else if (rest.hasNext()) {
                value = rest.next();
            } else {
                throw new EvaluationException("not enough values for the format string");
            }
            out.append(field(field, value));
        }
        if (rest.hasNext() && !(values instanceof Map<?, ?>)) {
            throw new EvaluationException("not all values were used by the format string");
        }
        return out.append(format, from, format.length()).toString();
    }

    private static String field(Matcher field, Object value) {
        String flags = field.group(2);
        Optional<Integer> precision = Optional.ofNullable(field.group(4)).map(Integer::valueOf);
        String body =
                switch (field.group(5)) {
                    case "s" -> cut(Representation.text(value), precision);
                    case "r" -> cut(Representation.of(value), precision);
                    case "d", "i", "u" -> signed(integer(value), flags);
                    case "x" -> new BigInteger(integer(value)).toString(16);
                    case "X" -> new BigInteger(integer(value)).toString(16).toUpperCase(java.util.Locale.ROOT);
                    case "o" -> new BigInteger(integer(value)).toString(8);
                    case "f", "F", "e", "E" ->
                        signed(
                                FloatText.of(
                                        number(value),
                                        precision.orElse(6),
                                        field.group(5).charAt(0)),
                                flags);
                    default -> throw new EvaluationException("the format '%" + field.group(5) + "' is not supported");
                };
        int width = field.group(3) == null ? 0 : Integer.parseInt(field.group(3));
        if (flags.contains("-")) {
            return StringMethods.pad(body, width, " ", 0);
        }
        boolean zeros = flags.contains("0") && !"sr".contains(field.group(5));
        if (zeros && (body.startsWith("-") || body.startsWith("+"))) {
            return body.charAt(0) + StringMethods.pad(body.substring(1), width - 1, "0", 2);
        }
        return StringMethods.pad(body, width, zeros ? "0" : " ", 2);
    }

    private static String cut(String text, Optional<Integer> precision) {
        return precision
                .filter(most -> most < PythonText.length(text))
                .map(most -> PythonText.substring(text, 0, most))
                .orElse(text);
    }

    private static String integer(Object value) {
        if (value instanceof Double number) {
            return Numbers.truncate(number).toString();
        }
        return Numbers.asInteger(value)
                .orElseThrow(() ->
                        new EvaluationException("the format needs a number, but was given " + Types.article(value)))
                .toString();
    }

    private static double number(Object value) {
        if (!Numbers.isNumber(value)) {
            throw new EvaluationException("the format needs a number, but was given " + Types.article(value));
        }
        return Numbers.asDouble(value);
    }

    private static String signed(String number, String flags) {
        if (number.startsWith("-")) {
            return number;
        }
        return (flags.contains("+") ? "+" : flags.contains(" ") ? " " : "") + number;
    }
}
