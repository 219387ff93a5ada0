package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.mlxspring.engine.text.jinja.Expression.CallArguments;

/** Computes the values of expressions, and knows the line that is at work. */
final class Evaluator {

    private final Map<String, Object> functions;
    private final BiFunction<List<Statement>, Scope, String> captured;
    private int line = 1;

    /**
     * @param functions what every template can call, by name
     * @param captured renders statements into a text
     */
    Evaluator(Map<String, Object> functions, BiFunction<List<Statement>, Scope, String> captured) {
        this.functions = functions;
        this.captured = captured;
    }

    int line() {
        return line;
    }

    void at(int newLine) {
        line = newLine;
    }

    Object evaluate(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Constant(int _, Object value) -> value;
            case Expression.Name(int _, String name) -> name(name, scope);
            case Expression.TupleOf(int _, List<Expression> items) -> new Tuple(all(items, scope));
            case Expression.ListOf(int _, List<Expression> items) -> all(items, scope);
            case Expression.DictOf(int _, List<Expression.Entry> entries) -> dict(entries, scope);
            case Expression.Attribute(int at, Expression object, String name) -> {
                Object value = evaluate(object, scope);
                line = at;
                yield Attributes.attribute(value, name);
            }
            case Expression.Item(int at, Expression object, Expression key) -> {
                Object value = evaluate(object, scope);
                yield key instanceof Expression.Slice part ? slice(value, part, scope) : item(value, key, scope, at);
            }
            case Expression.Slice slice ->
                throw new TemplateException(slice.line(), "a slice stands only for one dimension");
            case Expression.Call call -> call(call, Map.of(), scope);
            case Expression.Filter(int at, Expression input, String name, CallArguments arguments) -> {
                Object value = evaluate(input, scope);
                Arguments passed = arguments(arguments, Map.of(), scope);
                line = at;
                yield Filters.apply(name, value, passed);
            }
            case Expression.Test(int at, Expression input, String name, CallArguments arguments) -> {
                Object value = evaluate(input, scope);
                Arguments passed = arguments(arguments, Map.of(), scope);
                line = at;
                yield Predicates.test(name, value, passed);
            }
            case Expression.Unary(int at, char operator, Expression operand) -> {
                Object value = evaluate(operand, scope);
                line = at;
                yield Operators.unary(operator, value);
            }
            case Expression.Binary(int at, String operator, Expression left, Expression right) -> {
                Object a = evaluate(left, scope);
                Object b = evaluate(right, scope);
                line = at;
                yield Operators.binary(operator, a, b);
            }
            case Expression.Concat(int _, List<Expression> parts) ->
                all(parts, scope).stream().map(Representation::text).collect(Collectors.joining());
            case Expression.Compare compare -> compare(compare, scope);
            case Expression.Not(int _, Expression operand) -> !Types.truth(evaluate(operand, scope));
            case Expression.And(int _, Expression left, Expression right) -> {
                Object value = evaluate(left, scope);
                yield Types.truth(value) ? evaluate(right, scope) : value;
            }
            case Expression.Or(int _, Expression left, Expression right) -> {
                Object value = evaluate(left, scope);
                yield Types.truth(value) ? value : evaluate(right, scope);
            }
            case Expression.Conditional(int at, Expression test, Expression value, Optional<Expression> otherwise) -> {
                if (Types.truth(evaluate(test, scope))) {
                    yield evaluate(value, scope);
                }
                yield otherwise
                        .map(other -> evaluate(other, scope))
                        .orElseGet(() -> new Undefined("the 'if' of line " + at + " was false and has no 'else'"));
            }
            case Expression.Captured(int _, List<Statement> body) -> captured.apply(body, scope);
        };
    }

    private Object name(String name, Scope scope) {
        return scope.find(name)
                .or(() -> Optional.ofNullable(functions.get(name)))
                .orElseGet(() -> Undefined.name(name));
    }

    private List<Object> all(List<Expression> expressions, Scope scope) {
        List<Object> values = new ArrayList<>(expressions.size());
        expressions.forEach(each -> values.add(evaluate(each, scope)));
        return values;
    }

    private Object dict(List<Expression.Entry> entries, Scope scope) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        entries.forEach(entry -> dict.put(key(evaluate(entry.key(), scope)), evaluate(entry.value(), scope)));
        return dict;
    }

    private static Object key(Object value) {
        if (value instanceof List<?> && !(value instanceof Range) || value instanceof Map) {
            throw new EvaluationException("unhashable type: '" + Types.name(value) + "'");
        }
        return Markup.plain(value);
    }

    private Object item(Object object, Expression key, Scope scope, int at) {
        Object value = evaluate(key, scope);
        line = at;
        return Attributes.subscript(object, value);
    }

    private Object slice(Object object, Expression.Slice slice, Scope scope) {
        Object start = bound(slice.start(), scope);
        Object stop = bound(slice.stop(), scope);
        Object step = bound(slice.step(), scope);
        line = slice.line();
        return Attributes.slice(object, start, stop, step);
    }

    private Object bound(Optional<Expression> expression, Scope scope) {
        return expression.map(each -> evaluate(each, scope)).orElse(None.NONE);
    }

    private Object compare(Expression.Compare compare, Scope scope) {
        Object left = evaluate(compare.first(), scope);
        for (Expression.Comparison comparison : compare.rest()) {
            Object right = evaluate(comparison.right(), scope);
            line = compare.line();
            if (!Operators.compare(comparison.operator(), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    /** Calls something, with keyword arguments beside those that are written. */
    Object call(Expression.Call call, Map<String, Object> further, Scope scope) {
        Object callee = evaluate(call.callee(), scope);
        Arguments passed = arguments(call.arguments(), further, scope);
        line = call.line();
        return switch (callee) {
            case Callable callable -> callable.call(passed);
            case Undefined undefined -> throw undefined.refusal();
            default -> throw new EvaluationException("'" + Types.name(callee) + "' object is not callable");
        };
    }

    private Arguments arguments(CallArguments written, Map<String, Object> further, Scope scope) {
        if (written == CallArguments.NONE && further.isEmpty()) {
            return Arguments.NONE;
        }
        List<Object> positional = all(written.positional(), scope);
        written.spread().ifPresent(spread -> positional.addAll(Types.list(evaluate(spread, scope))));
        Map<String, Object> keywords = new LinkedHashMap<>();
        written.keywords().forEach((name, value) -> keywords.put(name, evaluate(value, scope)));
        written.keywordSpread().ifPresent(spread -> {
            if (!(evaluate(spread, scope) instanceof Map<?, ?> map)) {
                throw new EvaluationException("the value after '**' must be a mapping");
            }
            map.forEach((name, value) -> keywords.put(Representation.text(name), value));
        });
        keywords.putAll(further);
        return new Arguments(positional, keywords);
    }
}
