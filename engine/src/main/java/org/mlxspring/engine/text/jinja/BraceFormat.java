package org.mlxspring.engine.text.jinja;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code "{} {name}".format(…)}, with the usual format specifications. */
final class BraceFormat {

    private static final Pattern PATH = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)\\]");
    private static final Pattern SPECIFICATION =
            Pattern.compile("(?:(.)?([<>=^]))?([-+ ])?(0)?(\\d+)?(,)?(?:\\.(\\d+))?([a-zA-Z%])?", Pattern.DOTALL);

    private final String format;
    private final Arguments arguments;
    private int automatic;

    private BraceFormat(String format, Arguments arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    static String format(String format, Arguments arguments) {
        return new BraceFormat(format, arguments).run();
    }

    private String run() {
        var out = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i);
            boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                out.append(c);
                i += 2;
            } else if (c == '{') {
                int end = format.indexOf('}', i);
                if (end < 0) {
                    throw new EvaluationException("format() found '{' without '}'");
                }
                out.append(field(format.substring(i + 1, end)));
                i = end + 1;
            } else if (c == '}') {
                throw new EvaluationException("format() found '}' without '{'");
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private String field(String field) {
        int colon = field.indexOf(':');
        String path = colon < 0 ? field : field.substring(0, colon);
        String specification = colon < 0 ? "" : field.substring(colon + 1);
        int bang = path.indexOf('!');
        String conversion = bang < 0 ? "" : path.substring(bang + 1);
        Object value = value(bang < 0 ? path : path.substring(0, bang));
        Object converted =
                switch (conversion) {
                    case "" -> value;
                    case "s" -> Representation.text(value);
                    case "r", "a" -> Representation.of(value);
                    default ->
                        throw new EvaluationException("format() does not know the conversion '!" + conversion + "'");
                };
        return specification.isEmpty() ? Representation.text(converted) : specified(converted, specification);
    }

    private Object value(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        Object value = start(path.substring(0, end));
        Matcher step = PATH.matcher(path).region(end, path.length());
        while (step.lookingAt()) {
            if (step.group(1) != null) {
                value = Attributes.attribute(value, step.group(1));
            } else {
                String key = step.group(2);
                value = Attributes.subscript(value, key.matches("\\d+") ? (Object) Long.valueOf(key) : key);
            }
            step.region(step.end(), path.length());
        }
        return value;
    }

    private Object start(String name) {
        if (name.isEmpty() || name.matches("\\d+")) {
            int index = name.isEmpty() ? automatic++ : Integer.parseInt(name);
            if (index >= arguments.positional().size()) {
                throw new EvaluationException("format() has no argument number " + index);
            }
            return arguments.positional().get(index);
        }
        Map<String, Object> keywords = arguments.keywords();
        if (!keywords.containsKey(name)) {
            throw new EvaluationException("format() has no argument '" + name + "'");
        }
        return keywords.get(name);
    }

    private static String specified(Object value, String specification) {
        Matcher parts = SPECIFICATION.matcher(specification);
        if (!parts.matches()) {
            throw new EvaluationException("format() cannot read the specification '" + specification + "'");
        }
        boolean number = Numbers.isNumber(value) && !(value instanceof Boolean);
        String body = number ? number(value, parts) : cut(Representation.text(value), parts.group(7));
        int width = parts.group(5) == null ? 0 : Integer.parseInt(parts.group(5));
        boolean zeros = parts.group(4) != null;
        String fill = parts.group(1) != null ? parts.group(1) : zeros ? "0" : " ";
        String align = parts.group(2) != null ? parts.group(2) : number ? zeros ? "=" : ">" : "<";
        boolean signed = body.startsWith("-") || body.startsWith("+");
        return switch (align) {
            case "<" -> StringMethods.pad(body, width, fill, 0);
            case "^" -> centered(body, width, fill);
            case "=" ->
                signed
                        ? body.charAt(0) + StringMethods.pad(body.substring(1), width - 1, fill, 2)
                        : StringMethods.pad(body, width, fill, 2);
            default -> StringMethods.pad(body, width, fill, 2);
        };
    }

    private static String centered(String body, int width, String fill) {
        int missing = Math.max(0, width - PythonText.length(body));
        return fill.repeat(missing / 2) + body + fill.repeat(missing - missing / 2);
    }

    private static String cut(String text, @org.jspecify.annotations.Nullable String precision) {
        return precision == null || Integer.parseInt(precision) >= PythonText.length(text)
                ? text
                : PythonText.substring(text, 0, Integer.parseInt(precision));
    }

    private static String number(Object value, Matcher parts) {
        String type = parts.group(8) == null ? "" : parts.group(8);
        int digits = parts.group(7) == null ? 6 : Integer.parseInt(parts.group(7));
        String body =
                switch (type) {
                    case "f", "F", "e", "E" -> FloatText.of(Numbers.asDouble(value), digits, type.charAt(0));
                    case "%" -> FloatText.of(Numbers.asDouble(value) * 100, digits, 'f') + "%";
                    case "x" -> Numbers.asInteger(value).orElseThrow().toString(16);
                    case "o" -> Numbers.asInteger(value).orElseThrow().toString(8);
                    case "b" -> Numbers.asInteger(value).orElseThrow().toString(2);
                    case "", "d", "s" -> Representation.text(value);
                    default -> throw new EvaluationException("format() does not know the type '" + type + "'");
                };
        String grouped =
                parts.group(6) == null ? body : body.replaceAll("(?<=\\d)(?=(?:\\d{3})+(?!\\d))(?<!\\.\\d{0,20})", ",");
        String sign = parts.group(3);
        return sign != null && !sign.equals("-") && !grouped.startsWith("-") ? sign + grouped : grouped;
    }
}
