package org.mlxspring.engine.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a row, in words that hold nothing of its text; who reads it knows where it stands. */
public final class RowRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason holds nothing of the row's text */
    public RowRefusal(String reason) {
        super(reason);
    }

    /** A value of the wrong JSON type under a key. */
    static RowRefusal kind(String key, @Nullable Object value, String wanted) {
        return new RowRefusal("has " + quoted(key) + " that is " + kindOf(value) + "; it must be " + wanted);
    }

    /** What is wrong and what would be right, such as {@code has an empty "text"; ...}, to be put behind a place. */
    public String reason() {
        return super.getMessage();
    }

    static String quoted(String key) {
        return "\"" + key + "\"";
    }

    /** The JSON type of a value, in words. */
    static String kindOf(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "a string";
            case Boolean _ -> "true or false";
            case Number _ -> "a number";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "an object";
            default -> value.getClass().getSimpleName();
        };
    }
}
