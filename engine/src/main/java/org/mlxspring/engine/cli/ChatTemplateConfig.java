package org.mlxspring.engine.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The flag {@code --chat-template-config}. */
final class ChatTemplateConfig {

    @Option(
            names = {"--chat-template-config", "--chat-template-args"},
            paramLabel = "JSON",
            description = "Variables for the chat template, such as '{\"enable_thinking\": false}'.")
    private @Nullable String json;

    /** @throws UsageException if it is no JSON object */
    Map<String, Object> variables() {
        if (json == null) {
            return Map.of();
        }
        try {
            return JsonMapper.shared().readValue(json, new TypeReference<Map<String, Object>>() {});
        } catch (JacksonException e) {
            throw new UsageException("--chat-template-config is no JSON object: " + e.getOriginalMessage());
        }
    }
}
