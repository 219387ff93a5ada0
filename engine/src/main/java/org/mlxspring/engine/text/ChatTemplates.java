package org.mlxspring.engine.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.text.jinja.Rendering;
import org.mlxspring.engine.text.jinja.Template;

/** The chat templates of a model folder; each is read when it is first needed. */
final class ChatTemplates {

    private static final List<String> REASONING = List.of("reasoning_content", "thinking", "reasoning");

    private final TokenizerFolder folder;
    private final Map<String, Object> fixed;
    /** By whether there are tools. */
    private final Map<Boolean, Template> parsed = new ConcurrentHashMap<>();

    /**
     * @param folder the model's
     * @param fixed variables that every rendering has, unless the caller gives others
     */
    ChatTemplates(TokenizerFolder folder, Map<String, Object> fixed) {
        this.folder = folder;
        this.fixed = Map.copyOf(fixed);
    }

    boolean isEmpty() {
        return folder.templates().isEmpty();
    }

    String render(
            List<Map<String, Object>> messages,
            List<Map<String, Object>> tools,
            boolean addGenerationPrompt,
            Map<String, Object> variables) {
        return template(!tools.isEmpty()).render(all(messages, tools, addGenerationPrompt, variables));
    }

    boolean marksGenerated(boolean withTools) {
        return !isEmpty() && template(withTools).marksGenerated();
    }

    MarkedText renderMarked(
            List<Map<String, Object>> messages, List<Map<String, Object>> tools, Map<String, Object> variables) {
        Rendering rendering = template(!tools.isEmpty()).renderMarked(all(messages, tools, false, variables));
        return new MarkedText(
                rendering.text(),
                rendering.generated().stream()
                        .filter(part -> part.start() < part.end())
                        .map(part -> new Span(part.start(), part.end()))
                        .toList());
    }

    private Map<String, @Nullable Object> all(
            List<Map<String, Object>> messages,
            List<Map<String, Object>> tools,
            boolean addGenerationPrompt,
            Map<String, Object> variables) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a conversation needs at least one message");
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(fixed);
        all.putAll(variables);
        List<Map<String, Object>> prepared = new ArrayList<>(messages.size());
        messages.forEach(message -> prepared.add(prepared(message)));
        all.put("messages", prepared);
        all.put("tools", tools.isEmpty() ? null : tools);
        all.putIfAbsent("documents", null);
        all.put("add_generation_prompt", addGenerationPrompt);
        return all;
    }

    /** As transformers hands a message over: without keys that have no value, and with its reasoning under two names. */
    private static Map<String, Object> prepared(Map<String, Object> message) {
        Map<String, Object> present = new LinkedHashMap<>();
        message.forEach((key, value) -> {
            if (value != null) {
                present.put(key, value);
            }
        });
        for (String name : REASONING) {
            Object reasoning = present.get(name);
            if (reasoning != null) {
                return reasoning(reasoning, present);
            }
        }
        return present;
    }

    private static Map<String, Object> reasoning(Object reasoning, Map<String, Object> message) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("thinking", reasoning);
        named.putAll(message);
        named.put("reasoning_content", reasoning);
        return named;
    }

    private Template template(boolean withTools) {
        return parsed.computeIfAbsent(withTools, this::parse);
    }

    private Template parse(boolean withTools) {
        Map<String, String> sources = folder.templates();
        if (sources.isEmpty()) {
            throw new TokenizerException(
                    folder.path(),
                    "there is no chat template; add chat_template.jinja, or chat_template in tokenizer_config.json,"
                            + " or use rows with \"text\"");
        }
        List<String> wanted = withTools ? List.of("tool_use", "default") : List.of("default");
        String name = Stream.concat(wanted.stream(), sources.size() == 1 ? sources.keySet().stream() : Stream.empty())
                .filter(sources::containsKey)
                .findFirst()
                .orElseThrow(() -> new TokenizerException(
                        folder.path(),
                        "there are several chat templates (" + String.join(", ", new ArrayList<>(sources.keySet()))
                                + "), but none is named default"));
        return Template.parse(sources.getOrDefault(name, ""));
    }
}
