package org.mlxspring.engine.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes a row of a line, or says what is wrong with it in words that hold nothing of its text. */
final class RowParser {

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool", "function", "ipython", "observation");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What is wrong with a row; the reader adds file and line. */
    static final class Refusal extends Exception {

        Refusal(String reason) {
            super(reason);
        }

        String reason() {
            return super.getMessage();
        }
    }

    /** A row and the number of keys its object has. */
    record Parsed(Row row, int keyCount) {}

    private final RowKeys keys;
    private final boolean maskPrompt;

    RowParser(RowKeys keys, boolean maskPrompt) {
        this.keys = keys;
        this.maskPrompt = maskPrompt;
    }

    Parsed parse(byte[] line) throws Refusal {
        Map<String, @Nullable Object> object = object(line);
        Row row = row(object);
        requireWholeCharacters(object);
        return new Parsed(row, object.size());
    }

    private static Map<String, @Nullable Object> object(byte[] line) throws Refusal {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal("is not UTF-8; save the file in the encoding UTF-8");
        }
        if (!text.stripLeading().startsWith("{")) {
            boolean json = text.stripLeading().matches("(?s)[\\[\"\\-0-9tfn].*");
            throw new Refusal(
                    (json ? "is not a JSON object" : "is not JSON") + "; each line must hold one object, in braces");
        }
        try {
            return JSON.readValue(text, OBJECT);
        } catch (JacksonException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw new Refusal("is not JSON, see its column " + column + "; each line must hold one whole object");
        }
    }

    private Row row(Map<String, @Nullable Object> object) throws Refusal {
        boolean prompt = object.containsKey(keys.promptFeature());
        boolean completion = object.containsKey(keys.completionFeature());
        boolean chat = object.containsKey(keys.chatFeature());
        boolean text = object.containsKey(keys.textFeature());
        List<String> formats = new ArrayList<>();
        if (prompt && completion) {
            formats.add(quoted(keys.promptFeature()) + " and " + quoted(keys.completionFeature()));
        }
        if (chat) {
            formats.add(quoted(keys.chatFeature()));
        }
        if (text) {
            formats.add(quoted(keys.textFeature()));
        }
        if (formats.size() > 1) {
            throw new Refusal(
                    "has the keys of more than one format: " + String.join(", ", formats) + "; keep those of one");
        }
        if (formats.isEmpty()) {
            throw unknown(object, prompt, completion);
        }
        if (chat) {
            return chatRow(object);
        }
        return text ? textRow(object) : completionRow(object);
    }

    private Refusal unknown(Map<String, @Nullable Object> object, boolean prompt, boolean completion) {
        String expected = quoted(keys.chatFeature()) + ", or " + quoted(keys.promptFeature()) + " and "
                + quoted(keys.completionFeature()) + ", or " + quoted(keys.textFeature());
        if (prompt || completion) {
            return new Refusal("has " + quoted(prompt ? keys.promptFeature() : keys.completionFeature()) + " but no "
                    + quoted(prompt ? keys.completionFeature() : keys.promptFeature()) + "; it needs both");
        }
        List<String> found = object.keySet().stream()
                .limit(6)
                .map(key -> quoted(key.length() > 30 ? key.substring(0, 30) + "…" : key))
                .toList();
        return new Refusal("has no key of a row; it needs " + expected + ", and has "
                + (found.isEmpty() ? "no keys at all" : String.join(", ", found)));
    }

    private Row textRow(Map<String, @Nullable Object> object) throws Refusal {
        if (maskPrompt) {
            throw new Refusal("has " + quoted(keys.textFeature())
                    + ", which has no prompt to mask; switch mask_prompt off, or give \"messages\","
                    + " or \"prompt\" and \"completion\"");
        }
        String text = string(object, keys.textFeature());
        if (text.isEmpty()) {
            throw new Refusal("has an empty " + quoted(keys.textFeature()) + "; there is nothing to learn from it");
        }
        return new TextRow(text);
    }

    private Row completionRow(Map<String, @Nullable Object> object) throws Refusal {
        return new CompletionRow(
                string(object, keys.promptFeature()), string(object, keys.completionFeature()), tools(object));
    }

    private static String string(Map<String, @Nullable Object> object, String key) throws Refusal {
        if (object.get(key) instanceof String text) {
            return text;
        }
        throw new Refusal("has " + quoted(key) + " that is " + kind(object.get(key)) + "; it must be a string");
    }

    private Row chatRow(Map<String, @Nullable Object> object) throws Refusal {
        String key = quoted(keys.chatFeature());
        if (!(object.get(keys.chatFeature()) instanceof List<?> list)) {
            throw new Refusal("has " + key + " that is " + kind(object.get(keys.chatFeature()))
                    + "; it must be a list of messages");
        }
        if (list.isEmpty()) {
            throw new Refusal("has no messages in " + key + "; it needs at least one");
        }
        List<Map<String, Object>> messages = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            messages.add(message(list.get(i), "message " + (i + 1) + " of " + key));
        }
        if (maskPrompt) {
            requirePromptAndAnswer(messages, key);
        }
        return new ChatRow(messages, tools(object));
    }

    private static void requirePromptAndAnswer(List<Map<String, Object>> messages, String key) throws Refusal {
        if (!"assistant".equals(messages.getLast().get("role"))) {
            throw new Refusal("has a last message in " + key
                    + " that is not the assistant's; with mask_prompt only the last message is learned,"
                    + " so it must have the role \"assistant\"");
        }
        if (messages.size() == 1) {
            throw new Refusal("has only one message in " + key
                    + "; with mask_prompt there must be a prompt before the assistant's answer");
        }
    }

    private static Map<String, Object> message(@Nullable Object value, String where) throws Refusal {
        if (!(value instanceof Map<?, ?> map)) {
            throw new Refusal("has " + where + " that is " + kind(value)
                    + "; it must be an object with \"role\" and \"content\"");
        }
        if (!(map.get("role") instanceof String role)) {
            throw new Refusal("has " + where + " without a \"role\" that is a string");
        }
        if (!ROLES.contains(role)) {
            throw new Refusal("has " + where + " with an unknown \"role\"; known are "
                    + String.join(", ", ROLES.stream().sorted().toList()));
        }
        Object calls = map.get("tool_calls");
        if (calls != null && !(calls instanceof List<?>)) {
            throw new Refusal("has " + where + " with \"tool_calls\" that is " + kind(calls) + "; it must be a list");
        }
        Object content = map.get("content");
        boolean called = calls instanceof List<?> list && !list.isEmpty();
        if (!(content instanceof String) && !(content == null && called)) {
            throw new Refusal("has " + where + " with \"content\" that is "
                    + (map.containsKey("content") ? kind(content) : "missing")
                    + "; it must be a string (it may be left out beside \"tool_calls\")");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> message = (Map<String, Object>) map;
        return message;
    }

    private static List<Map<String, Object>> tools(Map<String, @Nullable Object> object) throws Refusal {
        Object value = object.get("tools");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw new Refusal("has \"tools\" that is " + kind(value) + "; it must be a list of JSON schemas");
        }
        List<Map<String, Object>> tools = new ArrayList<>(list.size());
        for (Object tool : list) {
            if (!(tool instanceof Map<?, ?> map)) {
                throw new Refusal("has a tool in \"tools\" that is " + kind(tool) + "; each must be a JSON schema");
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> schema = (Map<String, Object>) map;
            tools.add(schema);
        }
        return tools;
    }

    private static void requireWholeCharacters(@Nullable Object value) throws Refusal {
        switch (value) {
            case String text -> {
                if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                    throw new Refusal("has half a character (one of two \\u escapes that belong together is missing)");
                }
            }
            case Map<?, ?> map -> {
                for (Object each : map.values()) {
                    requireWholeCharacters(each);
                }
            }
            case List<?> list -> {
                for (Object each : list) {
                    requireWholeCharacters(each);
                }
            }
            case null, default -> {}
        }
    }

    private static String quoted(String key) {
        return "\"" + key + "\"";
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "a string";
            case Boolean _ -> "true or false";
            case Number _ -> "a number";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "an object";
            default ->
                Optional.of(value).map(each -> each.getClass().getSimpleName()).orElseThrow();
        };
    }
}
