package org.mlxspring.engine.adapter.gguf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.text.Tokenizer;
import org.mlxspring.engine.text.jinja.TemplateException;

/**
 * What a chat template puts around the turns of a conversation, learned from what it makes of a few. Ollama's templates
 * are of another language, which can say this much of them; tools and switches are left out.
 *
 * @param beforeFirst text before the first question where there is no system message
 * @param beforeSystem text before a system message; empty where the template takes none
 * @param afterSystem text between the system message and the first question
 * @param beforeQuestion text before every further question
 * @param beforeAnswer text between question and answer
 * @param afterAnswer text after an answer
 */
record TurnTemplate(
        String beforeFirst,
        Optional<String> beforeSystem,
        String afterSystem,
        String beforeQuestion,
        String beforeAnswer,
        String afterAnswer) {

    private static final String SYSTEM = "\u00a7system\u00a7";
    private static final List<String> TEXTS = List.of(
            "\u00a7first\u00a7", "\u00a7second\u00a7", "\u00a7third\u00a7", "\u00a7fourth\u00a7", "\u00a7fifth\u00a7");

    /** Learns the template of a tokenizer; empty if it does more than wrap turns. */
    static Optional<TurnTemplate> of(Tokenizer tokenizer) {
        try {
            return learn(tokenizer).filter(template -> template.renders(tokenizer));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }

    private static Optional<TurnTemplate> learn(Tokenizer tokenizer) {
        List<String> three = split(render(tokenizer, false, 3, true), TEXTS.subList(0, 3));
        List<String> two = split(render(tokenizer, false, 2, false), TEXTS.subList(0, 2));
        if (three.isEmpty() || two.isEmpty() || !three.get(2).startsWith(two.getLast())) {
            return Optional.empty();
        }
        List<String> withSystem = system(tokenizer);
        return Optional.of(new TurnTemplate(
                three.getFirst(),
                withSystem.stream().findFirst(),
                withSystem.isEmpty() ? "" : withSystem.get(1),
                three.get(2).substring(two.getLast().length()),
                three.getLast(),
                two.getLast()));
    }

    private static List<String> system(Tokenizer tokenizer) {
        try {
            return split(render(tokenizer, true, 1, true), List.of(SYSTEM, TEXTS.getFirst()));
        } catch (TemplateException e) {
            return List.of();
        }
    }

    /** A conversation of so many turns by the model's own template, without the token that llama.cpp itself puts first. */
    private static String render(Tokenizer tokenizer, boolean system, int turns, boolean prompt) {
        List<Map<String, Object>> messages = new ArrayList<>();
        if (system) {
            messages.add(Map.of("role", "system", "content", SYSTEM));
        }
        for (int i = 0; i < turns; i++) {
            messages.add(Map.of("role", i % 2 == 0 ? "user" : "assistant", "content", TEXTS.get(i)));
        }
        String text = tokenizer.renderChat(messages, List.of(), prompt);
        String first = tokenizer.bosToken().isPresent()
                ? tokenizer.tokenOf(tokenizer.bosToken().getAsInt()).orElse("")
                : "";
        return !first.isEmpty() && text.startsWith(first) ? text.substring(first.length()) : text;
    }

    /** The texts around each of the marks, which occur once each and in this order; empty if they do not. */
    private static List<String> split(String text, List<String> marks) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (String mark : marks) {
            int at = text.indexOf(mark, from);
            if (at < 0 || text.indexOf(mark) != text.lastIndexOf(mark)) {
                return List.of();
            }
            parts.add(text.substring(from, at));
            from = at + mark.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Whether this says of longer conversations what the model's own template says. */
    private boolean renders(Tokenizer tokenizer) {
        return render(tokenizer, false, 5, true).equals(render(false, 5))
                && (beforeSystem.isEmpty() || render(tokenizer, true, 3, true).equals(render(true, 3)));
    }

    private String render(boolean system, int turns) {
        StringBuilder text =
                new StringBuilder(system ? beforeSystem.orElseThrow() + SYSTEM + afterSystem : beforeFirst);
        for (int i = 0; i < turns; i++) {
            boolean question = i % 2 == 0;
            text.append(question && i > 0 ? beforeQuestion : "").append(TEXTS.get(i));
            text.append(question ? beforeAnswer : afterAnswer);
        }
        return text.toString();
    }

    /** The same in the language of Go's {@code text/template}, with Ollama's variables; empty if it cannot be quoted. */
    Optional<String> go() {
        String all = beforeFirst + beforeSystem.orElse("") + afterSystem + beforeQuestion + beforeAnswer + afterAnswer;
        if (all.contains("{{") || all.contains("}}") || all.contains("\"\"\"")) {
            return Optional.empty();
        }
        String first = beforeSystem
                .map(before -> "{{ if $.System }}" + before + "{{ $.System }}" + afterSystem + "{{ else }}"
                        + beforeFirst + "{{ end }}")
                .orElse(beforeFirst);
        return Optional.of("{{ $first := true }}{{ range .Messages }}{{ if eq .Role \"user\" }}"
                + "{{ if $first }}{{ $first = false }}" + first + "{{ else }}" + beforeQuestion + "{{ end }}"
                + "{{ .Content }}" + beforeAnswer + "{{ else if eq .Role \"assistant\" }}{{ .Content }}" + afterAnswer
                + "{{ end }}{{ end }}");
    }
}
