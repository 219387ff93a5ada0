package org.mlxspring.engine.text.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An expression of a template. */
sealed interface Expression {

    /** Line of the template, counted from 1. */
    int line();

    record Constant(int line, Object value) implements Expression {}

    record Name(int line, String name) implements Expression {}

    record TupleOf(int line, List<Expression> items) implements Expression {}

    record ListOf(int line, List<Expression> items) implements Expression {}

    record DictOf(int line, List<Entry> entries) implements Expression {}

    record Entry(Expression key, Expression value) {}

    record Attribute(int line, Expression object, String name) implements Expression {}

    record Item(int line, Expression object, Expression key) implements Expression {}

    record Slice(int line, Optional<Expression> start, Optional<Expression> stop, Optional<Expression> step)
            implements Expression {}

    record Call(int line, Expression callee, CallArguments arguments) implements Expression {}

    record Filter(int line, Expression input, String name, CallArguments arguments) implements Expression {}

    record Test(int line, Expression input, String name, CallArguments arguments) implements Expression {}

    record Unary(int line, char operator, Expression operand) implements Expression {}

    record Binary(int line, String operator, Expression left, Expression right) implements Expression {}

    record Concat(int line, List<Expression> parts) implements Expression {}

    record Compare(int line, Expression first, List<Comparison> rest) implements Expression {}

    record Comparison(String operator, Expression right) {}

    record Not(int line, Expression operand) implements Expression {}

    record And(int line, Expression left, Expression right) implements Expression {}

    record Or(int line, Expression left, Expression right) implements Expression {}

    record Conditional(int line, Expression test, Expression value, Optional<Expression> otherwise)
            implements Expression {}

    /** Text captured from a block, as input of a filter. */
    record Captured(int line, List<Statement> body) implements Expression {}

    /** Arguments as they are written at a call. */
    record CallArguments(
            List<Expression> positional,
            Map<String, Expression> keywords,
            Optional<Expression> spread,
            Optional<Expression> keywordSpread) {

        static final CallArguments NONE = new CallArguments(List.of(), Map.of(), Optional.empty(), Optional.empty());
    }
}
