package org.mlxspring.engine.text.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** Python's numbers: integers without limit, floats, and booleans that count as 0 and 1. */
final class Numbers {

    private static final int MOST_BITS = 1 << 16;

    private Numbers() {}

    /** An integer in its usual form: Long where it fits. */
    static Object integer(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** The integer of an int or bool. */
    static Optional<BigInteger> asInteger(Object value) {
        return switch (value) {
            case Long number -> Optional.of(BigInteger.valueOf(number));
            case BigInteger big -> Optional.of(big);
            case Boolean flag -> Optional.of(flag ? BigInteger.ONE : BigInteger.ZERO);
            default -> Optional.empty();
        };
    }

    static boolean isNumber(Object value) {
        return value instanceof Double || asInteger(value).isPresent();
    }

    static double asDouble(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        return asInteger(value).orElseThrow().doubleValue();
    }

    /** A value used as a position or a count. */
    static int index(Object value) {
        BigInteger integer = asInteger(value)
                .orElseThrow(
                        () -> new EvaluationException("an integer is needed, but this is " + Types.article(value)));
        return integer.max(BigInteger.valueOf(Integer.MIN_VALUE))
                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                .intValue();
    }

    static Object calculate(String operator, Object left, Object right) {
        Optional<BigInteger> a = asInteger(left);
        Optional<BigInteger> b = asInteger(right);
        if (a.isPresent() && b.isPresent()) {
            return integers(operator, a.get(), b.get());
        }
        return floats(operator, asDouble(left), asDouble(right));
    }

    private static Object integers(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> integer(a.add(b));
            case "-" -> integer(a.subtract(b));
            case "*" -> integer(a.multiply(b));
            case "/" -> {
                nonZero(b.signum() == 0);
                yield a.doubleValue() / b.doubleValue();
            }
            case "//" -> {
                nonZero(b.signum() == 0);
                yield integer(floorDivide(a, b));
            }
            case "%" -> {
                nonZero(b.signum() == 0);
                yield integer(a.subtract(floorDivide(a, b).multiply(b)));
            }
            case "**" -> power(a, b);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static Object power(BigInteger a, BigInteger b) {
        if (b.signum() < 0) {
            nonZero(a.signum() == 0);
            return Math.pow(a.doubleValue(), b.doubleValue());
        }
        if (b.bitLength() > 31 || (long) a.bitLength() * b.intValue() > MOST_BITS) {
            throw new EvaluationException("the result of '**' is too large");
        }
        return integer(a.pow(b.intValue()));
    }

    private static BigInteger floorDivide(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        boolean below = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        return below ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static Object floats(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> {
                nonZero(b == 0);
                yield a / b;
            }
            case "//" -> {
                nonZero(b == 0);
                yield Math.floor((a - modulo(a, b)) / b + 0.5);
            }
            case "%" -> {
                nonZero(b == 0);
                yield modulo(a, b);
            }
            case "**" -> Math.pow(a, b);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static double modulo(double a, double b) {
        double rest = a % b;
        if (rest == 0) {
            return Math.copySign(0.0, b);
        }
        return rest < 0 != b < 0 ? rest + b : rest;
    }

    private static void nonZero(boolean zero) {
        if (zero) {
            throw new EvaluationException("division by zero");
        }
    }

    /** Python's {@code round}: to the nearest, and to even in the middle. */
    static double round(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        double rounded =
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
        return rounded == 0 ? Math.copySign(0.0, value) : rounded;
    }

    /** Python's {@code int(float)}. */
    static Object truncate(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new EvaluationException("cannot convert float " + Representation.of(value) + " to integer");
        }
        return integer(new BigDecimal(value).toBigInteger());
    }
}
