package org.mlxspring.engine.data;

import static org.mlxspring.engine.data.RowRefusal.kindOf;
import static org.mlxspring.engine.data.RowRefusal.quoted;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a row as the chat template gets them, and what OpenAI's {@code weight} says of them.
 *
 * @param messages without their weights
 * @param unlearned places of the messages with the weight 0
 */
record MessageList(List<Map<String, Object>> messages, Set<Integer> unlearned) {

    private static final String WEIGHT = "weight";
    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool", "function", "ipython", "observation");

    static MessageList read(@Nullable Object value, String key) throws RowRefusal {
        if (!(value instanceof List<?> list)) {
            throw RowRefusal.kind(key, value, "a list of messages");
        }
        if (list.isEmpty()) {
            throw new RowRefusal("has no messages in " + quoted(key) + "; it needs at least one");
        }
        List<Map<String, Object>> messages = new ArrayList<>(list.size());
        Set<Integer> unlearned = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String where = "message " + (i + 1) + " of " + quoted(key);
            Map<String, Object> message = message(list.get(i), where);
            if (message.containsKey(WEIGHT)) {
                if (!learned(message, where)) {
                    unlearned.add(i);
                }
                message = new LinkedHashMap<>(message);
                message.remove(WEIGHT);
            }
            messages.add(message);
        }
        return new MessageList(messages, unlearned);
    }

    private static Map<String, Object> message(@Nullable Object value, String where) throws RowRefusal {
        if (!(value instanceof Map<?, ?> map)) {
            throw new RowRefusal("has " + where + " that is " + kindOf(value)
                    + "; it must be an object with \"role\" and \"content\"");
        }
        if (!(map.get("role") instanceof String role)) {
            throw new RowRefusal("has " + where + " without a \"role\" that is a string");
        }
        if (!ROLES.contains(role)) {
            throw new RowRefusal("has " + where + " with an unknown \"role\"; known are "
                    + String.join(", ", ROLES.stream().sorted().toList()));
        }
        Object calls = map.get("tool_calls");
        if (calls != null && !(calls instanceof List<?>)) {
            throw new RowRefusal(
                    "has " + where + " with \"tool_calls\" that is " + kindOf(calls) + "; it must be a list");
        }
        Object content = map.get("content");
        boolean called = calls instanceof List<?> list && !list.isEmpty();
        if (!(content instanceof String) && !(content == null && called)) {
            throw new RowRefusal("has " + where + " with \"content\" that is "
                    + (map.containsKey("content") ? kindOf(content) : "missing")
                    + "; it must be a string (it may be left out beside \"tool_calls\")");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> message = (Map<String, Object>) map;
        return message;
    }

    /** Exporters that give every message the same keys write null where there is no weight. */
    private static boolean learned(Map<String, ? extends @Nullable Object> message, String where) throws RowRefusal {
        Object weight = message.get(WEIGHT);
        if (weight == null) {
            return true;
        }
        if (!(weight instanceof Number number) || number.doubleValue() != 0 && number.doubleValue() != 1) {
            throw new RowRefusal("has " + where + " with \"weight\" that is "
                    + (weight instanceof Number number ? number : kindOf(weight))
                    + "; it must be 0 (not learned) or 1 (learned)");
        }
        if (!"assistant".equals(message.get("role"))) {
            throw new RowRefusal("has " + where + " with \"weight\" " + number + " and the role \""
                    + message.get("role") + "\"; only messages of the assistant can have a weight");
        }
        return number.doubleValue() == 1;
    }

    /** The tools that stand beside the messages; empty when there are none. */
    static List<Map<String, Object>> tools(Map<String, ? extends @Nullable Object> object) throws RowRefusal {
        Object value = object.get("tools");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw RowRefusal.kind("tools", value, "a list of JSON schemas");
        }
        List<Map<String, Object>> tools = new ArrayList<>(list.size());
        for (Object tool : list) {
            if (!(tool instanceof Map<?, ?> map)) {
                throw new RowRefusal(
                        "has a tool in \"tools\" that is " + kindOf(tool) + "; each must be a JSON schema");
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> schema = (Map<String, Object>) map;
            tools.add(schema);
        }
        return tools;
    }
}
