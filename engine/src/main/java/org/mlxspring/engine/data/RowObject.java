package org.mlxspring.engine.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A row as the JSON object that it is stored as: the keys of its format in a fixed order and no others, so that the same
 * row always has the same text. {@link RowParser#row} reads the same row from it.
 */
public final class RowObject {

    private RowObject() {}

    /** {@code messages}, {@code prompt} and {@code completion}, {@code text}, or {@code prompt}, {@code chosen}, {@code rejected}. */
    public static Map<String, Object> of(Row row) {
        Map<String, Object> object = new LinkedHashMap<>();
        switch (row) {
            case ChatRow chat -> {
                object.put("messages", weighted(chat.messages(), chat.unlearned()));
                addTools(object, chat.tools());
            }
            case CompletionRow completion -> {
                object.put("prompt", completion.prompt());
                object.put("completion", completion.completion());
                addTools(object, completion.tools());
            }
            case TextRow text -> object.put("text", text.text());
            case PreferenceRow preference -> {
                object.put("prompt", weighted(preference.prompt(), Set.of()));
                object.put("chosen", weighted(preference.chosen(), Set.of()));
                object.put("rejected", weighted(preference.rejected(), Set.of()));
                addTools(object, preference.tools());
            }
        }
        return object;
    }

    private static void addTools(Map<String, Object> object, List<Map<String, Object>> tools) {
        if (!tools.isEmpty()) {
            object.put("tools", tools);
        }
    }

    /** Messages with the role first, and the weight 0 where they are not learned. */
    private static List<Map<String, Object>> weighted(List<Map<String, Object>> messages, Set<Integer> unlearned) {
        List<Map<String, Object>> ordered = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("role", messages.get(i).get("role"));
            message.putAll(messages.get(i));
            if (unlearned.contains(i)) {
                message.put("weight", 0);
            }
            ordered.add(message);
        }
        return ordered;
    }
}
