package org.mlxspring.engine.text.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.engine.text.jinja.Expression.CallArguments;
import org.mlxspring.engine.text.jinja.Token.Kind;

/** Parses expressions by jinja2's grammar: precedence from {@code if}-{@code else} down to literals. */
final class ExpressionParser {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<Kind> ARGUMENT_STARTS = Set.of(Kind.NAME, Kind.STRING, Kind.INTEGER, Kind.FLOAT);

    private final TokenStream tokens;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    Expression expression() {
        int line = tokens.line();
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression test = or();
            Optional<Expression> otherwise = tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
            value = new Expression.Conditional(line, test, value, otherwise);
            line = tokens.line();
        }
        return value;
    }

    /** One expression, or several with commas between, which make a tuple. */
    Expression tuple(boolean conditionals, boolean parentheses, String endName) {
        int line = tokens.line();
        List<Expression> items = new ArrayList<>();
        boolean isTuple = false;
        while (!endsTuple(endName)) {
            items.add(conditionals ? expression() : or());
            if (!tokens.skipOperator(",")) {
                break;
            }
            isTuple = true;
        }
        if (!isTuple && items.size() == 1) {
            return items.getFirst();
        }
        if (!isTuple && !parentheses) {
            throw tokens.failure(
                    "expected an expression, found " + tokens.current().description());
        }
        return new Expression.TupleOf(line, items);
    }

    private boolean endsTuple(String endName) {
        Token token = tokens.current();
        return token.is(Kind.VARIABLE_END)
                || token.is(Kind.BLOCK_END)
                || token.isOperator(")")
                || !endName.isEmpty() && token.isName(endName);
    }

    private Expression or() {
        int line = tokens.line();
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Or(line, left, and());
            line = tokens.line();
        }
        return left;
    }

    private Expression and() {
        int line = tokens.line();
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.And(line, left, not());
            line = tokens.line();
        }
        return left;
    }

    private Expression not() {
        int line = tokens.line();
        return tokens.skipName("not") ? new Expression.Not(line, not()) : comparison();
    }

    private Expression comparison() {
        int line = tokens.line();
        Expression first = sum();
        List<Expression.Comparison> rest = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
                tokens.next();
                rest.add(new Expression.Comparison(token.text(), sum()));
            } else if (tokens.skipName("in")) {
                rest.add(new Expression.Comparison("in", sum()));
            } else if (token.isName("not") && tokens.following().isName("in")) {
                tokens.next();
                tokens.next();
                rest.add(new Expression.Comparison("not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Expression.Compare(line, first, rest);
            }
        }
    }

    private Expression sum() {
        int line = tokens.line();
        Expression left = concat();
        while (tokens.current().isOperator("+") || tokens.current().isOperator("-")) {
            left = new Expression.Binary(line, tokens.next().text(), left, concat());
            line = tokens.line();
        }
        return left;
    }

    private Expression concat() {
        int line = tokens.line();
        List<Expression> parts = new ArrayList<>(List.of(product()));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Concat(line, parts);
    }

    private Expression product() {
        int line = tokens.line();
        Expression left = power();
        while (tokens.current().isOperator("*")
                || tokens.current().isOperator("/")
                || tokens.current().isOperator("//")
                || tokens.current().isOperator("%")) {
            left = new Expression.Binary(line, tokens.next().text(), left, power());
            line = tokens.line();
        }
        return left;
    }

    private Expression power() {
        int line = tokens.line();
        Expression left = unary(true);
        while (tokens.skipOperator("**")) {
            left = new Expression.Binary(line, "**", left, unary(true));
            line = tokens.line();
        }
        return left;
    }

    private Expression unary(boolean filters) {
        int line = tokens.line();
        Expression value;
        if (tokens.skipOperator("-")) {
            value = new Expression.Unary(line, '-', unary(false));
        } else if (tokens.skipOperator("+")) {
            value = new Expression.Unary(line, '+', unary(false));
        } else {
            value = primary();
        }
        value = postfix(value);
        return filters ? filtersAndTests(value) : value;
    }

    private Expression primary() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name(tokens.next());
            case STRING -> string();
            case INTEGER ->
                new Expression.Constant(token.line(), integer(tokens.next().text()));
            case FLOAT ->
                new Expression.Constant(
                        token.line(), Double.valueOf(tokens.next().text()));
            default -> {
                if (tokens.skipOperator("(")) {
                    Expression inner = tuple(true, true, "");
                    tokens.expectOperator(")");
                    yield inner;
                }
                if (tokens.skipOperator("[")) {
                    yield list(token.line());
                }
                if (tokens.skipOperator("{")) {
                    yield dict(token.line());
                }
                throw tokens.failure("unexpected " + token.description());
            }
        };
    }

    private static Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Constant(token.line(), true);
            case "false", "False" -> new Expression.Constant(token.line(), false);
            case "none", "None" -> new Expression.Constant(token.line(), None.NONE);
            default -> new Expression.Name(token.line(), token.text());
        };
    }

    private Expression string() {
        int line = tokens.line();
        var text = new StringBuilder();
        while (tokens.current().is(Kind.STRING)) {
            text.append(tokens.next().text());
        }
        return new Expression.Constant(line, text.toString());
    }

    private static Object integer(String digits) {
        String prefix = digits.length() > 2 ? digits.substring(0, 2).toLowerCase(Locale.ROOT) : "";
        int radix =
                switch (prefix) {
                    case "0x" -> 16;
                    case "0o" -> 8;
                    case "0b" -> 2;
                    default -> 10;
                };
        return Numbers.integer(new BigInteger(radix == 10 ? digits : digits.substring(2), radix));
    }

    private Expression list(int line) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipOperator("]")) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("]")) {
                    break;
                }
            }
            items.add(expression());
        }
        return new Expression.ListOf(line, items);
    }

    private Expression dict(int line) {
        List<Expression.Entry> entries = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            if (!entries.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("}")) {
                    break;
                }
            }
            Expression key = expression();
            tokens.expectOperator(":");
            entries.add(new Expression.Entry(key, expression()));
        }
        return new Expression.DictOf(line, entries);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            int line = tokens.line();
            if (tokens.skipOperator(".")) {
                value = afterDot(value, line);
            } else if (tokens.skipOperator("[")) {
                value = subscript(value, line);
            } else if (tokens.current().isOperator("(")) {
                value = new Expression.Call(line, value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression afterDot(Expression object, int line) {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> new Expression.Attribute(line, object, token.text());
            case INTEGER -> new Expression.Item(line, object, new Expression.Constant(line, integer(token.text())));
            default ->
                throw new TemplateException(
                        token.line(), "expected a name or a number after '.', found " + token.description());
        };
    }

    private Expression subscript(Expression object, int line) {
        List<Expression> keys = new ArrayList<>();
        while (!tokens.skipOperator("]")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
            }
            keys.add(subscriptKey());
        }
        Expression key = keys.size() == 1 ? keys.getFirst() : new Expression.TupleOf(line, keys);
        return new Expression.Item(line, object, key);
    }

    private Expression subscriptKey() {
        int line = tokens.line();
        Optional<Expression> start = Optional.empty();
        if (!tokens.skipOperator(":")) {
            Expression key = expression();
            if (!tokens.skipOperator(":")) {
                return key;
            }
            start = Optional.of(key);
        }
        Optional<Expression> stop =
                sliceEnds() || tokens.current().isOperator(":") ? Optional.empty() : Optional.of(expression());
        Optional<Expression> step =
                tokens.skipOperator(":") && !sliceEnds() ? Optional.of(expression()) : Optional.empty();
        return new Expression.Slice(line, start, stop, step);
    }

    private boolean sliceEnds() {
        return tokens.current().isOperator("]") || tokens.current().isOperator(",");
    }

    CallArguments arguments() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> keywords = new LinkedHashMap<>();
        Optional<Expression> spread = Optional.empty();
        Optional<Expression> keywordSpread = Optional.empty();
        boolean first = true;
        while (!tokens.skipOperator(")")) {
            if (!first) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            first = false;
            if (keywordSpread.isPresent()) {
                throw tokens.failure("an argument follows '**'");
            }
            if (tokens.skipOperator("**")) {
                keywordSpread = Optional.of(expression());
            } else if (tokens.skipOperator("*")) {
                spread = Optional.of(expression());
            } else if (tokens.current().is(Kind.NAME) && tokens.following().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                keywords.put(name, expression());
            } else if (spread.isPresent() || !keywords.isEmpty()) {
                throw tokens.failure("a positional argument follows a named one");
            } else {
                positional.add(expression());
            }
        }
        return new CallArguments(positional, keywords, spread, keywordSpread);
    }

    private Expression filtersAndTests(Expression start) {
        Expression value = start;
        while (true) {
            Token token = tokens.current();
            if (token.isOperator("|")) {
                value = filters(value);
            } else if (tokens.skipName("is")) {
                value = test(value, token.line());
            } else if (token.isOperator("(")) {
                value = new Expression.Call(token.line(), value, arguments());
            } else {
                return value;
            }
        }
    }

    /** The filters that follow, each introduced by {@code |}. */
    Expression filters(Expression input) {
        Expression value = input;
        while (tokens.skipOperator("|")) {
            value = filter(value);
        }
        return value;
    }

    /** One filter, whose {@code |} was taken. */
    Expression filter(Expression input) {
        int line = tokens.line();
        String name = dottedName("the name of a filter");
        CallArguments arguments = tokens.current().isOperator("(") ? arguments() : CallArguments.NONE;
        return new Expression.Filter(line, input, name, arguments);
    }

    private Expression test(Expression input, int line) {
        boolean negated = tokens.skipName("not");
        String name = dottedName("the name of a test");
        Token token = tokens.current();
        CallArguments arguments;
        if (token.isOperator("(")) {
            arguments = arguments();
        } else if (startsArgument(token)) {
            if (token.isName("is")) {
                throw tokens.failure("tests cannot be chained with 'is'");
            }
            Expression argument = postfix(primary());
            arguments = new CallArguments(List.of(argument), Map.of(), Optional.empty(), Optional.empty());
        } else {
            arguments = CallArguments.NONE;
        }
        Expression test = new Expression.Test(line, input, name, arguments);
        return negated ? new Expression.Not(line, test) : test;
    }

    private static boolean startsArgument(Token token) {
        boolean start = ARGUMENT_STARTS.contains(token.kind()) || token.isOperator("[") || token.isOperator("{");
        return start && !token.isName("else") && !token.isName("or") && !token.isName("and");
    }

    private String dottedName(String what) {
        var name = new StringBuilder(tokens.expect(Kind.NAME, what).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Kind.NAME, what).text());
        }
        return name.toString();
    }
}
