package org.mlxspring.engine.text.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code tojson} filter of Hugging Face's chat templates: Python's {@code json.dumps}, not made safe for HTML. */
final class Json {

    private final boolean ascii;
    private final Optional<String> indent;
    private final String itemSeparator;
    private final String keySeparator;
    private final boolean sortKeys;
    private final StringBuilder out = new StringBuilder();

    private Json(boolean ascii, Optional<String> indent, String itemSeparator, String keySeparator, boolean sortKeys) {
        this.ascii = ascii;
        this.indent = indent;
        this.itemSeparator = itemSeparator;
        this.keySeparator = keySeparator;
        this.sortKeys = sortKeys;
    }

    static String filter(Object value, Arguments arguments) {
        var bound = arguments.bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
        Optional<String> indent =
                switch (bound.get(1, None.NONE)) {
                    case None _ -> Optional.empty();
                    case String text -> Optional.of(text);
                    case Object width -> Optional.of(" ".repeat(Math.max(0, Numbers.index(width))));
                };
        String itemSeparator = indent.isPresent() ? "," : ", ";
        String keySeparator = ": ";
        Object separators = bound.get(2, None.NONE);
        if (separators != None.NONE) {
            List<Object> pair = Types.list(separators);
            if (pair.size() != 2) {
                throw new EvaluationException("tojson() needs two separators, but was given " + pair.size());
            }
            itemSeparator = Representation.text(pair.get(0));
            keySeparator = Representation.text(pair.get(1));
        }
        var json = new Json(bound.truth(0, false), indent, itemSeparator, keySeparator, bound.truth(3, false));
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(Object value, int depth) {
        switch (value) {
            case String text -> string(text);
            case Markup(String text) -> string(text);
            case Boolean flag -> out.append(flag);
            case None _ -> out.append("null");
            case Long number -> out.append(number);
            case BigInteger big -> out.append(big);
            case Double number -> out.append(number(number));
            case List<?> list when !(list instanceof Range) -> array(list, depth);
            case Tuple(List<Object> items, _) -> array(items, depth);
            case Map<?, ?> map -> object(map, depth);
            default ->
                throw new EvaluationException("an object of type " + Types.name(value) + " cannot be written as JSON"
                        + (value instanceof Undefined(String reason) ? " (" + reason + ")" : ""));
        }
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return Representation.of(value);
    }

    private void array(List<?> items, int depth) {
        if (items.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : itemSeparator);
            newLine(depth + 1);
            write(items.get(i), depth + 1);
        }
        newLine(depth);
        out.append(']');
    }

    private void object(Map<?, ?> map, int depth) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        List<Object> keys = new ArrayList<>(map.keySet());
        if (sortKeys) {
            keys.sort(Operators::compare);
        }
        out.append('{');
        for (int i = 0; i < keys.size(); i++) {
            out.append(i == 0 ? "" : itemSeparator);
            newLine(depth + 1);
            string(key(keys.get(i)));
            out.append(keySeparator);
            write(Types.dict(map).get(keys.get(i)), depth + 1);
        }
        newLine(depth);
        out.append('}');
    }

    private static String key(Object key) {
        return switch (key) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            case None _ -> "null";
            case Double number -> number(number);
            case Long _, BigInteger _ -> key.toString();
            default -> throw new EvaluationException("a key of JSON must not be " + Types.article(key));
        };
    }

    private void newLine(int depth) {
        indent.ifPresent(unit -> out.append('\n').append(unit.repeat(depth)));
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c < ' ' || ascii && c > '~') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
