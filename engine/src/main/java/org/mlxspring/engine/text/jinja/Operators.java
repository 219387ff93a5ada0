package org.mlxspring.engine.text.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's operators on values that are not both numbers, its comparisons and its {@code in}. */
final class Operators {

    private static final int MOST_REPEATED = 10_000_000;

    private Operators() {}

    static Object binary(String operator, Object left, Object right) {
        refuseUndefined(left);
        refuseUndefined(right);
        if (left instanceof Markup || right instanceof Markup) {
            return Markup.binary(operator, left, right);
        }
        if (operator.equals("%") && left instanceof String format) {
            return PrintfFormat.format(format, right);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.calculate(operator, left, right);
        }
        return switch (operator) {
            case "+" -> add(left, right);
            case "*" -> Numbers.asInteger(left).isPresent() ? repeat(right, left) : repeat(left, right);
            default -> throw unsupported(operator, left, right);
        };
    }

    private static Object add(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (left instanceof Tuple(List<Object> a, _) && right instanceof Tuple(List<Object> b, _)) {
            return new Tuple(joined(a, b));
        }
        if (left instanceof List<?> a && right instanceof List<?> b && !(left instanceof Range)) {
            return joined(a, b);
        }
        throw unsupported("+", left, right);
    }

    private static List<Object> joined(List<?> a, List<?> b) {
        List<Object> all = new ArrayList<>(a.size() + b.size());
        all.addAll(a);
        all.addAll(b);
        return all;
    }

    private static Object repeat(Object value, Object times) {
        if (Numbers.asInteger(times).isEmpty()) {
            throw unsupported("*", value, times);
        }
        int count = Math.max(0, Numbers.index(times));
        int length = Types.length(value).orElse(0);
        if ((long) count * length > MOST_REPEATED) {
            throw new EvaluationException("the result of '*' is too large");
        }
        return switch (value) {
            case String text -> text.repeat(count);
            case List<?> list when !(list instanceof Range) -> repeated(list, count);
            case Tuple(List<Object> items, _) -> new Tuple(repeated(items, count));
            default -> throw unsupported("*", value, times);
        };
    }

    private static List<Object> repeated(List<?> items, int count) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.addAll(items);
        }
        return all;
    }

    static Object unary(char operator, Object value) {
        refuseUndefined(value);
        if (!Numbers.isNumber(value)) {
            throw new EvaluationException("bad operand type for unary " + operator + ": '" + Types.name(value) + "'");
        }
        if (value instanceof Double number) {
            return operator == '-' ? -number : number;
        }
        return Numbers.calculate(operator == '-' ? "-" : "+", 0L, value);
    }

    static boolean compare(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "in" -> contains(right, left);
            case "not in" -> !contains(right, left);
            default -> ordered(operator, left, right);
        };
    }

    private static boolean ordered(String operator, Object left, Object right) {
        refuseUndefined(left);
        refuseUndefined(right);
        if (isNaN(left) || isNaN(right)) {
            return false;
        }
        int order = compare(left, right, operator);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean isNaN(Object value) {
        return value instanceof Double number && Double.isNaN(number);
    }

    /** Python's order, as its sorting uses it. */
    static int compare(Object left, Object right) {
        return compare(left, right, "<");
    }

    private static int compare(Object left, Object right, String operator) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return compareNumbers(left, right);
        }
        if (Markup.plain(left) instanceof String a && Markup.plain(right) instanceof String b) {
            return PythonText.compare(a, b);
        }
        if (left instanceof Tuple(List<Object> a, _) && right instanceof Tuple(List<Object> b, _)) {
            return compareLists(a, b, operator);
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return compareLists(a, b, operator);
        }
        refuseUndefined(left);
        refuseUndefined(right);
        throw new EvaluationException("'" + operator + "' not supported between instances of '" + Types.name(left)
                + "' and '" + Types.name(right) + "'");
    }

    private static int compareLists(List<?> a, List<?> b, String operator) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return compare(a.get(i), b.get(i), operator);
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareNumbers(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            double a = Numbers.asDouble(left);
            double b = Numbers.asDouble(right);
            if (Double.isInfinite(a) || Double.isInfinite(b) || Double.isNaN(a) || Double.isNaN(b)) {
                return Double.compare(a, b);
            }
            return exact(left).compareTo(exact(right));
        }
        return Numbers.asInteger(left)
                .orElseThrow()
                .compareTo(Numbers.asInteger(right).orElseThrow());
    }

    private static BigDecimal exact(Object value) {
        return value instanceof Double number
                ? new BigDecimal(number)
                : new BigDecimal(Numbers.asInteger(value).orElseThrow());
    }

    static boolean equal(Object left, Object right) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return !isNaN(left) && !isNaN(right) && compareNumbers(left, right) == 0;
        }
        return switch (left) {
            case Undefined _ -> right instanceof Undefined;
            case Tuple(List<Object> a, _) -> right instanceof Tuple(List<Object> b, _) && equalLists(a, b);
            case List<?> a ->
                right instanceof List<?> b && a instanceof Range == b instanceof Range && equalLists(a, b);
            case Map<?, ?> a -> right instanceof Map<?, ?> b && equalDicts(a, b);
            default -> Markup.plain(left).equals(Markup.plain(right));
        };
    }

    private static boolean equalLists(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalDicts(Map<?, ?> a, Map<?, ?> b) {
        return a.size() == b.size()
                && a.entrySet().stream()
                        .allMatch(entry -> b.containsKey(entry.getKey())
                                && equal(entry.getValue(), Types.dict(b).get(entry.getKey())));
    }

    static boolean contains(Object container, Object item) {
        if (Markup.plain(container) instanceof String text) {
            if (Markup.plain(item) instanceof String part) {
                return text.contains(part);
            }
            refuseUndefined(item);
            throw new EvaluationException("'in <string>' requires string as left operand, not " + Types.name(item));
        }
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(Markup.plain(item));
        }
        if (!Types.iterable(container)) {
            throw new EvaluationException("argument of type '" + Types.name(container) + "' is not iterable");
        }
        Iterator<Object> items = Types.iterate(container);
        while (items.hasNext()) {
            if (equal(items.next(), item)) {
                return true;
            }
        }
        return false;
    }

    private static void refuseUndefined(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.refusal();
        }
    }

    private static EvaluationException unsupported(String operator, Object left, Object right) {
        return new EvaluationException("unsupported operand type(s) for " + operator + ": '" + Types.name(left)
                + "' and '" + Types.name(right) + "'");
    }
}
