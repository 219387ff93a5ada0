package org.mlxspring.engine.text.jinja;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/** Filters on numbers. */
final class NumberFilters {

    private NumberFilters() {}

    static Object integer(Object input, Arguments arguments) {
        var bound = arguments.bind("int", 0, "default", "base");
        Object fallback = bound.get(0, 0L);
        return switch (input) {
            case Double number ->
                Double.isNaN(number) || Double.isInfinite(number) ? fallback : Numbers.truncate(number);
            case String text ->
                parseInteger(text, bound.integer(1, 10))
                        .or(() -> parseFloat(text)
                                .filter(number -> !Double.isNaN(number) && !Double.isInfinite(number))
                                .map(Numbers::truncate))
                        .orElse(fallback);
            case Undefined undefined -> throw undefined.refusal();
            default -> Numbers.asInteger(input).map(Numbers::integer).orElse(fallback);
        };
    }

    private static Optional<Object> parseInteger(String text, int base) {
        String digits = PythonText.strip(text).replaceAll("(?<=[0-9a-zA-Z])_(?=[0-9a-zA-Z])", "");
        String prefix =
                switch (base) {
                    case 16 -> "0[xX]";
                    case 8 -> "0[oO]";
                    case 2 -> "0[bB]";
                    default -> "";
                };
        try {
            String plain = prefix.isEmpty() ? digits : digits.replaceFirst("^([+-]?)" + prefix, "$1");
            return Optional.of(Numbers.integer(new BigInteger(plain, base)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Double> parseFloat(String text) {
        String number =
                PythonText.strip(text).toLowerCase(java.util.Locale.ROOT).replaceAll("(?<=\\d)_(?=\\d)", "");
        return switch (number) {
            case "nan", "+nan", "-nan" -> Optional.of(Double.NaN);
            case "inf", "+inf", "infinity", "+infinity" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
            default ->
                number.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?")
                        ? Optional.of(Double.valueOf(number))
                        : Optional.empty();
        };
    }

    static Object floating(Object input, Arguments arguments) {
        Object fallback = arguments.bind("float", 0, "default").get(0, 0.0);
        return switch (input) {
            case String text -> parseFloat(text).map(number -> (Object) number).orElse(fallback);
            case Undefined undefined -> throw undefined.refusal();
            default -> Numbers.isNumber(input) ? (Object) Numbers.asDouble(input) : fallback;
        };
    }

    static Object round(Object input, Arguments arguments) {
        var bound = arguments.bind("round", 0, "precision", "method");
        int precision = bound.integer(0, 0);
        String method = bound.text(1, "common");
        if (!Set.of("common", "ceil", "floor").contains(method)) {
            throw new EvaluationException("the method of round() must be common, ceil or floor");
        }
        if (!Numbers.isNumber(input)) {
            throw new EvaluationException("round() needs a number, but was given " + Types.article(input));
        }
        if (method.equals("common")) {
            return input instanceof Double number
                    ? (Object) Numbers.round(number, precision)
                    : roundInteger(input, precision);
        }
        double factor = Math.pow(10, precision);
        double scaled = Numbers.asDouble(input) * factor;
        return (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / factor;
    }

    private static Object roundInteger(Object input, int precision) {
        BigInteger value = Numbers.asInteger(input).orElseThrow();
        if (precision >= 0) {
            return Numbers.integer(value);
        }
        return Numbers.integer(new java.math.BigDecimal(value)
                .setScale(precision, java.math.RoundingMode.HALF_EVEN)
                .toBigInteger());
    }

    static Object absolute(Object input) {
        if (input instanceof Double number) {
            return Math.abs(number);
        }
        return Numbers.integer(Numbers.asInteger(input)
                .orElseThrow(
                        () -> new EvaluationException("abs() needs a number, but was given " + Types.article(input)))
                .abs());
    }
}
