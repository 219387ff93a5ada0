package org.mlxspring.engine.text.jinja;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat template, read once and rendered as often as needed, by several threads at once. It prints what Python's
 * jinja2 prints with the settings of Hugging Face's transformers: an immutable sandbox, {@code trim_blocks},
 * {@code lstrip_blocks}, {@code break} and {@code continue}, its own {@code tojson}, {@code raise_exception},
 * {@code strftime_now} and {@code generation}.
 */
public final class Template {

    private final List<Statement> statements;

    private Template(List<Statement> statements) {
        this.statements = statements;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException when it is not one
     */
    public static Template parse(String source) {
        return new Template(Parser.parse(source));
    }

    /**
     * Renders with the time of this machine.
     *
     * @param variables strings, numbers, booleans, null, lists and maps of these
     * @throws TemplateException when the template stops, by itself or by an error in it
     */
    public String render(Map<String, ? extends @Nullable Object> variables) {
        return render(variables, Clock.systemDefaultZone());
    }

    /** As {@link #render(Map)}, with the time that {@code strftime_now} shows. */
    public String render(Map<String, ? extends @Nullable Object> variables, Clock clock) {
        Map<String, Object> converted = new HashMap<>();
        variables.forEach((name, value) -> converted.put(name, Types.fromJava(value)));
        return Renderer.render(statements, converted, Globals.functions(clock));
    }
}
