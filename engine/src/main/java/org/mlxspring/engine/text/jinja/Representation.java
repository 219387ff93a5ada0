package org.mlxspring.engine.text.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Python's {@code str()} and {@code repr()}. */
final class Representation {

    private Representation() {}

    /** {@code str(value)}: what a template prints for it. */
    static String text(Object value) {
        return Markup.plain(value) instanceof String text ? text : of(value);
    }

    /** {@code repr(value)}; nothing for an undefined value, which only ever is printed. */
    static String of(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Markup(String text) -> "Markup(" + quoted(text) + ")";
            case Boolean flag -> flag ? "True" : "False";
            case Long number -> number.toString();
            case BigInteger big -> big.toString();
            case Double number -> of(number.doubleValue());
            case None _ -> "None";
            case Undefined _ -> "";
            case Range range -> range.representation();
            case List<?> list -> "[" + joined(list) + "]";
            case Tuple(List<Object> items, _) ->
                items.size() == 1 ? "(" + inner(items.getFirst()) + ",)" : "(" + joined(items) + ")";
            case Map<?, ?> map -> dict(map);
            case Namespace namespace -> "<Namespace " + dict(namespace.fields()) + ">";
            case DictView view -> Types.name(view) + "([" + joined(view.items()) + "])";
            default -> "<" + Types.name(value) + " object>";
        };
    }

    private static String inner(Object value) {
        return value instanceof Undefined ? "Undefined" : of(value);
    }

    private static String joined(List<?> items) {
        List<String> parts = new ArrayList<>(items.size());
        items.forEach(item -> parts.add(inner(item)));
        return String.join(", ", parts);
    }

    private static String dict(Map<?, ?> map) {
        List<String> parts = new ArrayList<>(map.size());
        map.forEach((key, item) -> parts.add(inner(key) + ": " + inner(item)));
        return "{" + String.join(", ", parts) + "}";
    }

    /** {@code repr(float)}: the shortest digits that read back as the same number. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - shortest.scale() - 1;
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
            return sign + digits.charAt(0) + fraction + "e" + power;
        }
        String plain = shortest.abs().toPlainString();
        return sign + (plain.contains(".") ? plain : plain + ".0");
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var out = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(quote);
                    } else if (printable(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(escape(c));
                    }
                }
            }
        });
        return out.append(quote).toString();
    }

    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static String escape(int c) {
        if (c <= 0xff) {
            return String.format("\\x%02x", c);
        }
        return c <= 0xffff ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
    }
}
