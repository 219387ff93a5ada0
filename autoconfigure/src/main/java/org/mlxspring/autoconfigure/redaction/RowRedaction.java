package org.mlxspring.autoconfigure.redaction;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The redaction of one row; knows what the string before the present one ended with. */
final class RowRedaction {

    /** As far as the detectors look for words. */
    private static final int TAIL = 80;

    private final Redaction redaction;
    private final Placeholders placeholders;
    private final Consumer<Finding> found;
    private String tail = "";

    RowRedaction(Redaction redaction, Placeholders placeholders, Consumer<Finding> found) {
        this.redaction = redaction;
        this.placeholders = placeholders;
        this.found = found;
    }

    Map<String, Object> redact(Map<String, ?> object) {
        Map<String, Object> redacted = new LinkedHashMap<>();
        object.forEach((field, value) -> redacted.put(field, value(field, value)));
        return redacted;
    }

    private @Nullable Object value(String field, @Nullable Object value) {
        return switch (value) {
            case String text -> string(field, text);
            case List<?> list -> list(field, list);
            case Map<?, ?> object -> object(object);
            case Integer number -> number(field, number);
            case Long number -> number(field, number);
            case BigInteger number -> number(field, number);
            case null, default -> value;
        };
    }

    private String string(String field, String text) {
        Redaction.Redacted redacted = redaction.redact(tail + "\n" + field + ": ", text, placeholders);
        redacted.findings().forEach(found);
        tail = text.substring(Math.max(0, text.length() - TAIL));
        return redacted.text();
    }

    private List<Object> list(String field, List<?> list) {
        List<Object> redacted = new ArrayList<>(list.size());
        list.forEach(element -> redacted.add(value(field, element)));
        return redacted;
    }

    private Map<String, Object> object(Map<?, ?> object) {
        Map<String, Object> redacted = new LinkedHashMap<>();
        object.forEach((field, value) -> redacted.put(field.toString(), value(field.toString(), value)));
        return redacted;
    }

    /** Only as a whole: part of a number is no number. */
    private Object number(String field, Number number) {
        String digits = number.toString();
        Redaction.Redacted redacted = redaction.redact(field + ": ", digits, placeholders);
        boolean whole = redacted.findings().size() == 1
                && redacted.findings().getFirst().length() == digits.length();
        if (!whole) {
            return number;
        }
        redacted.findings().forEach(found);
        return redacted.text();
    }
}
