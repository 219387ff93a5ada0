package org.mlxspring.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A conversation in a file: a JSON list of messages, an object that holds one, or JSON lines of such objects. */
final class ConversationFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final TypeReference<List<Map<String, Object>>> OBJECTS = new TypeReference<>() {};

    /**
     * A conversation.
     *
     * @param messages at least one
     * @param tools JSON schemas; empty when there are none
     * @param documents for templates that read them; empty when there are none
     */
    record Conversation(
            List<Map<String, Object>> messages, List<Map<String, Object>> tools, List<Map<String, Object>> documents) {}

    private ConversationFile() {}

    /**
     * Reads a conversation.
     *
     * @param row line of a file of JSON lines, counted from 1; null for a file that holds one conversation
     * @throws UsageException if there is none in the file
     */
    static Conversation read(Path file, @Nullable Integer row) {
        List<String> lines = lines("--messages", file);
        if (row != null) {
            if (row < 1 || row > lines.size()) {
                throw new UsageException("--row " + row + ": " + file + " has the lines 1 to " + lines.size() + ".");
            }
            String where = file + ", line " + row;
            return conversation(
                    where, json(lines.get(row - 1)).orElseThrow(() -> new UsageException(where + " is not JSON.")));
        }
        Optional<JsonNode> whole = json(String.join("\n", lines));
        if (whole.isEmpty() && lines.size() > 1 && json(lines.getFirst()).isPresent()) {
            throw new UsageException(file + " holds JSON lines; choose one with --row N, counted from 1.");
        }
        return conversation(
                file.toString(),
                whole.orElseThrow(() -> new UsageException(file + " is not JSON; it must be a list of messages, an"
                        + " object with \"messages\", or JSON lines of such objects.")));
    }

    /** @throws UsageException if the file holds no list of tools */
    static List<Map<String, Object>> tools(Path file) {
        JsonNode node = json(String.join("\n", lines("--tools", file)))
                .orElseThrow(() -> new UsageException("--tools " + file + " is not JSON."));
        return objects("--tools " + file, node.isObject() ? node.path("tools") : node);
    }

    private static Conversation conversation(String where, JsonNode node) {
        if (node.isArray()) {
            return new Conversation(messages(where, node), List.of(), List.of());
        }
        List<Map<String, Object>> tools = list(where + ", \"tools\"", node.path("tools"));
        List<Map<String, Object>> documents = list(where + ", \"documents\"", node.path("documents"));
        if (node.path("prompt").isString() && node.path("completion").isString()) {
            return new Conversation(
                    List.of(
                            Map.of(
                                    "role",
                                    "user",
                                    "content",
                                    node.path("prompt").asString()),
                            Map.of(
                                    "role",
                                    "assistant",
                                    "content",
                                    node.path("completion").asString())),
                    tools,
                    documents);
        }
        if (node.has("text")) {
            throw new UsageException(where + " is a text row: it goes to the model as it stands, without a template.");
        }
        return new Conversation(messages(where, node.path("messages")), tools, documents);
    }

    private static List<Map<String, Object>> messages(String where, JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw new UsageException(
                    where + " holds no messages; it needs a list of objects with \"role\" and \"content\".");
        }
        return objects(where, node);
    }

    private static List<Map<String, Object>> list(String where, JsonNode node) {
        return node.isMissingNode() || node.isNull() ? List.of() : objects(where, node);
    }

    private static List<Map<String, Object>> objects(String where, JsonNode node) {
        if (!node.isArray() || node.valueStream().anyMatch(each -> !each.isObject())) {
            throw new UsageException(where + " must be a list of objects.");
        }
        return JSON.convertValue(node, OBJECTS);
    }

    private static Optional<JsonNode> json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static List<String> lines(String flag, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(flag + " " + file + ": there is no such file.");
        }
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UsageException(flag + " " + file + " cannot be read as UTF-8: " + e.getMessage());
        }
    }
}
