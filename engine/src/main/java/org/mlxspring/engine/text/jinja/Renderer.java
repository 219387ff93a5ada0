package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.mlxspring.engine.text.jinja.Statement.Target;

/** Runs the statements of a template once and collects its text. */
final class Renderer {

    private static final int DEEPEST = 200;
    private static final String TOO_DEEP = "macros or loops call each other too deep";

    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    private final Evaluator evaluator;
    private StringBuilder out = new StringBuilder();
    private final List<Rendering.Part> generated = new ArrayList<>();
    private int unplacedLine;
    private int depth;

    private Renderer(Map<String, Object> functions) {
        this.evaluator = new Evaluator(functions, this::captured);
    }

    static Rendering render(List<Statement> template, Map<String, Object> variables, Map<String, Object> functions) {
        var renderer = new Renderer(functions);
        try {
            renderer.run(template, Scope.outermost(variables));
        } catch (EvaluationException e) {
            throw new TemplateException(renderer.evaluator.line(), e.getMessage());
        } catch (StackOverflowError e) {
            throw new TemplateException(renderer.evaluator.line(), TOO_DEEP);
        }
        return new Rendering(renderer.out.toString(), renderer.generated, renderer.unplacedLine);
    }

    private Flow run(List<Statement> statements, Scope scope) {
        for (Statement statement : statements) {
            evaluator.at(statement.line());
            Flow flow = run(statement, scope);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow run(Statement statement, Scope scope) {
        switch (statement) {
            case Statement.Text(int _, String text) -> out.append(text);
            case Statement.Print(int _, Expression value) -> out.append(Representation.text(evaluate(value, scope)));
            case Statement.Assign(int _, Target target, Expression value) ->
                assign(target, evaluate(value, scope), scope);
            case Statement.If(int _, Expression test, List<Statement> body, List<Statement> otherwise) -> {
                return run(Types.truth(evaluate(test, scope)) ? body : otherwise, scope);
            }
            case Statement.For loop -> {
                List<Object> items = Types.list(evaluate(loop.items(), scope));
                loop(loop, items, 0, scope);
            }
            case Statement.Break _ -> {
                return Flow.BREAK;
            }
            case Statement.Continue _ -> {
                return Flow.CONTINUE;
            }
            case Statement.MacroDefinition(int _, Statement.Signature signature, List<Statement> body) ->
                scope.set(signature.name(), macro(signature, body, scope));
            case Statement.CallBlock block -> {
                Macro caller = macro(block.signature(), block.body(), scope);
                out.append(Representation.text(evaluator.call(block.call(), Map.of("caller", caller), scope)));
            }
            case Statement.With(int _, List<Statement.Assign> assignments, List<Statement> body) -> {
                Scope inner = scope.inner();
                assignments.forEach(each -> assign(each.target(), evaluate(each.value(), scope), inner));
                return run(body, inner);
            }
            case Statement.Scoped(int _, List<Statement> body) -> {
                return run(body, scope.inner());
            }
            case Statement.Generated(int line, List<Statement> body) -> {
                return generated(line, body, scope.inner());
            }
            case Statement.Sequence(int _, List<Statement> body) -> {
                return run(body, scope);
            }
        }
        return Flow.NEXT;
    }

    private Flow generated(int line, List<Statement> body, Scope scope) {
        int start = out.length();
        Flow flow = run(body, scope);
        if (depth == 0) {
            generated.add(new Rendering.Part(start, out.length()));
        } else {
            unplacedLine = line;
        }
        return flow;
    }

    private Object evaluate(Expression expression, Scope scope) {
        return evaluator.evaluate(expression, scope);
    }

    private void loop(Statement.For statement, List<Object> items, int level, Scope scope) {
        List<Object> kept = statement
                .filter()
                .map(filter -> filtered(statement.target(), items, filter, scope))
                .orElse(items);
        BiFunction<Object, Integer, Object> recursion =
                (inner, deeper) -> recursed(statement, Types.list(inner), deeper, scope);
        var loop = new Loop(kept, level, statement.recursive() ? Optional.of(recursion) : Optional.empty());
        boolean ranToTheEnd = false;
        while (loop.advance()) {
            Scope inner = scope.inner();
            inner.set("loop", loop);
            assign(statement.target(), loop.item(), inner);
            Flow flow = run(statement.body(), inner);
            if (flow == Flow.BREAK) {
                break;
            }
            ranToTheEnd |= flow == Flow.NEXT;
        }
        // As in jinja2, a body that 'break' or 'continue' left every time counts as never run.
        if (!ranToTheEnd) {
            run(statement.otherwise(), scope.inner());
        }
    }

    private List<Object> filtered(Target target, List<Object> items, Expression filter, Scope scope) {
        List<Object> kept = new ArrayList<>();
        for (Object item : items) {
            Scope inner = scope.inner();
            assign(target, item, inner);
            if (Types.truth(evaluate(filter, inner))) {
                kept.add(item);
            }
        }
        return kept;
    }

    private Object recursed(Statement.For statement, List<Object> items, int level, Scope scope) {
        return capture(() -> loop(statement, items, level, scope));
    }

    private Macro macro(Statement.Signature signature, List<Statement> body, Scope scope) {
        return new Macro(signature, variables -> {
            Scope inner = scope.inner();
            variables.forEach(inner::set);
            for (Statement.Parameter parameter : signature.parameters()) {
                String name = parameter.name();
                if (!variables.containsKey(name)) {
                    Object undefined = new Undefined("parameter '" + name + "' was not provided");
                    inner.set(
                            name,
                            parameter
                                    .fallback()
                                    .map(value -> evaluate(value, inner))
                                    .orElse(undefined));
                }
            }
            return capture(() -> run(body, inner));
        });
    }

    private String captured(List<Statement> body, Scope scope) {
        return capture(() -> run(body, scope.inner()));
    }

    private String capture(Runnable body) {
        if (depth >= DEEPEST) {
            throw new EvaluationException(TOO_DEEP);
        }
        StringBuilder outer = out;
        out = new StringBuilder();
        depth++;
        try {
            body.run();
            return out.toString();
        } finally {
            out = outer;
            depth--;
        }
    }

    private void assign(Target target, Object value, Scope scope) {
        switch (target) {
            case Target.Variable(String name) -> scope.set(name, value);
            case Target.NamespaceField(String name, String field) -> {
                if (!(scope.find(name).orElseGet(() -> Undefined.name(name)) instanceof Namespace namespace)) {
                    throw new EvaluationException(
                            "cannot set '" + name + "." + field + "', as '" + name + "' is not a namespace");
                }
                namespace.set(field, value);
            }
            case Target.Unpacked(List<Target> targets) -> {
                List<Object> values = Types.list(value);
                if (values.size() != targets.size()) {
                    throw new EvaluationException(
                            "cannot unpack " + values.size() + " values into " + targets.size() + " names");
                }
                for (int i = 0; i < targets.size(); i++) {
                    assign(targets.get(i), values.get(i), scope);
                }
            }
        }
    }
}
