package org.mlxspring.engine.text.jinja;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat template, read once and rendered as often as needed, by several threads at once. It prints what Python's
 * jinja2 prints with the settings of Hugging Face's transformers: an immutable sandbox, {@code trim_blocks},
 * {@code lstrip_blocks}, {@code break} and {@code continue}, its own {@code tojson}, {@code raise_exception},
 * {@code strftime_now} and {@code generation}.
 */
public final class Template {

    private final Parser.Parsed parsed;

    private Template(Parser.Parsed parsed) {
        this.parsed = parsed;
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
        return Renderer.render(parsed.statements(), converted(variables), Globals.functions(clock))
                .text();
    }

    /** Whether the template marks what the assistant says with {@code generation} tags. */
    public boolean marksGenerated() {
        return parsed.marksGenerated();
    }

    /**
     * Renders with the time of this machine, and tells where the text of {@code generation} tags stands.
     *
     * @throws TemplateException also when a {@code generation} tag is inside a macro or another part whose text goes
     *     through an expression, where its place in the whole text is not known
     */
    public Rendering renderMarked(Map<String, ? extends @Nullable Object> variables) {
        Rendering rendering = Renderer.render(
                parsed.statements(), converted(variables), Globals.functions(Clock.systemDefaultZone()));
        if (rendering.unplacedLine() > 0) {
            throw new TemplateException(
                    rendering.unplacedLine(),
                    "the text of this 'generation' tag is captured by a macro or a block around it, so that its place"
                            + " is not known");
        }
        return rendering;
    }

    private static Map<String, Object> converted(Map<String, ? extends @Nullable Object> variables) {
        Map<String, Object> converted = new HashMap<>();
        variables.forEach((name, value) -> converted.put(name, Types.fromJava(value)));
        return converted;
    }
}
