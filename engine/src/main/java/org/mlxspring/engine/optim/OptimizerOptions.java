package org.mlxspring.engine.optim;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the options of one optimizer; every option it takes is crossed off, and what is left over is unknown. */
final class OptimizerOptions {

    private final String name;
    private final Map<String, Object> values;
    private final TreeSet<String> known = new TreeSet<>();

    OptimizerOptions(OptimizerSettings settings) {
        this.name = settings.name();
        this.values = settings.options();
    }

    double number(String option, double otherwise) {
        return number(option).orElse(otherwise);
    }

    OptionalDouble number(String option) {
        Object value = take(option);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(toNumber(option, value, "a number"));
    }

    /** A whole number of at least 0. */
    int whole(String option, int otherwise) {
        double number = number(option, otherwise);
        if (number != Math.rint(number) || number < 0 || number > Integer.MAX_VALUE) {
            throw wrong(option, "a whole number of at least 0");
        }
        return (int) number;
    }

    boolean bool(String option, boolean otherwise) {
        Object value = take(option);
        return switch (value) {
            case null -> otherwise;
            case Boolean bool -> bool;
            case String text when text.toLowerCase(Locale.ROOT).equals("true") -> true;
            case String text when text.toLowerCase(Locale.ROOT).equals("false") -> false;
            default -> throw wrong(option, "true or false");
        };
    }

    double[] pair(String option, double first, double second) {
        Object value = take(option);
        if (value == null) {
            return new double[] {first, second};
        }
        List<?> numbers = value instanceof Map<?, ?> byIndex ? inOrder(byIndex) : asList(value);
        if (numbers.size() != 2) {
            throw wrong(option, "two numbers");
        }
        return new double[] {
            toNumber(option, numbers.get(0), "two numbers"), toNumber(option, numbers.get(1), "two numbers")
        };
    }

    private static List<?> asList(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    // Spring's relaxed binding turns a list inside a Map<String, Object> into one with indices as keys.
    private static List<?> inOrder(Map<?, ?> byIndex) {
        Map<String, Object> items = new HashMap<>();
        byIndex.forEach((key, item) -> items.put(key.toString(), item));
        Object first = items.get("0");
        Object second = items.get("1");
        return first == null || second == null || items.size() > 2 ? List.of() : List.of(first, second);
    }

    /** @throws IllegalArgumentException if there is an option that nobody asked for */
    void finish() {
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("optimizer_config." + name + " has no option '" + unknown.first()
                    + "'; known are " + String.join(", ", known) + ".");
        }
    }

    IllegalArgumentException wrong(String option, String wanted) {
        return new IllegalArgumentException("optimizer_config." + name + "." + option + " is '" + values.get(option)
                + "'; it must be " + wanted + ".");
    }

    private @Nullable Object take(String option) {
        known.add(option);
        return values.get(option);
    }

    private double toNumber(String option, @Nullable Object value, String wanted) {
        double number;
        try {
            number = Double.parseDouble(String.valueOf(value));
        } catch (NumberFormatException e) {
            throw wrong(option, wanted);
        }
        if (!Double.isFinite(number)) {
            throw wrong(option, wanted);
        }
        return number;
    }
}
