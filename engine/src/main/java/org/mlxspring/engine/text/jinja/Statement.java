package org.mlxspring.engine.text.jinja;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A statement of a template. */
sealed interface Statement {

    /** Line of the template, counted from 1. */
    int line();

    record Text(int line, String text) implements Statement {}

    record Print(int line, Expression value) implements Statement {}

    record Assign(int line, Target target, Expression value) implements Statement {}

    record If(int line, Expression test, List<Statement> body, List<Statement> otherwise) implements Statement {}

    record For(
            int line,
            Target target,
            Expression items,
            Optional<Expression> filter,
            boolean recursive,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    record Break(int line) implements Statement {}

    record Continue(int line) implements Statement {}

    record MacroDefinition(int line, Signature signature, List<Statement> body) implements Statement {}

    record CallBlock(int line, Signature signature, Expression.Call call, List<Statement> body) implements Statement {}

    record With(int line, List<Assign> assignments, List<Statement> body) implements Statement {}

    /** Statements with a scope of their own, of a {@code block}. */
    record Scoped(int line, List<Statement> body) implements Statement {}

    /** What the assistant says, with a scope of its own: {@code generation}. */
    record Generated(int line, List<Statement> body) implements Statement {}

    /** Several statements where one is expected. */
    record Sequence(int line, List<Statement> body) implements Statement {}

    /**
     * Name and parameters of a macro or a caller.
     *
     * @param special those of {@code varargs}, {@code kwargs} and {@code caller} that its body mentions, which it
     *     therefore takes
     */
    record Signature(String name, List<Parameter> parameters, Set<String> special) {}

    record Parameter(String name, Optional<Expression> fallback) {}

    /** Where a value goes. */
    sealed interface Target {

        record Variable(String name) implements Target {}

        record NamespaceField(String namespace, String field) implements Target {}

        record Unpacked(List<Target> targets) implements Target {}
    }
}
