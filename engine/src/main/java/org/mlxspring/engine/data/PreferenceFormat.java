package org.mlxspring.engine.data;

import static org.mlxspring.engine.data.RowRefusal.quoted;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Preference rows: {@code prompt}, {@code chosen} and {@code rejected} as TRL's DPOTrainer reads them, with texts or
 * message lists, the prompt also as the beginning of both answers; and OpenAI's {@code input}, {@code preferred_output}
 * and {@code non_preferred_output}.
 */
final class PreferenceFormat implements RowFormat {

    private static final String CHOSEN = "chosen";
    private static final String REJECTED = "rejected";
    private static final String INPUT = "input";
    private static final String PREFERRED = "preferred_output";
    private static final String NON_PREFERRED = "non_preferred_output";

    private final RowKeys keys;

    PreferenceFormat(RowKeys keys) {
        this.keys = keys;
    }

    @Override
    public PreferenceRow row(Map<String, @Nullable Object> object) throws RowRefusal {
        if (!isPreference(object)) {
            throw new RowRefusal("is no preference; train_mode dpo and orpo need " + quoted(keys.promptFeature()) + ", "
                    + quoted(CHOSEN) + " and " + quoted(REJECTED) + ", or " + quoted(INPUT) + ", " + quoted(PREFERRED)
                    + " and " + quoted(NON_PREFERRED) + "; for rows with one answer use train_mode sft");
        }
        return parse(object, keys.promptFeature());
    }

    /** Whether an object has a key that only preferences have. */
    static boolean isPreference(Map<String, @Nullable Object> object) {
        return object.containsKey(CHOSEN)
                || object.containsKey(REJECTED)
                || object.containsKey(PREFERRED)
                || object.containsKey(NON_PREFERRED);
    }

    private static PreferenceRow parse(Map<String, @Nullable Object> object, String promptKey) throws RowRefusal {
        boolean openAi = object.containsKey(PREFERRED) || object.containsKey(NON_PREFERRED);
        if (openAi && (object.containsKey(CHOSEN) || object.containsKey(REJECTED))) {
            throw new RowRefusal("has the keys of two formats of preferences, " + quoted(CHOSEN) + " or "
                    + quoted(REJECTED) + " and " + quoted(PREFERRED) + " or " + quoted(NON_PREFERRED)
                    + "; keep those of one");
        }
        return openAi ? openAi(object) : pair(object, promptKey);
    }

    private static PreferenceRow openAi(Map<String, @Nullable Object> object) throws RowRefusal {
        requireBoth(object, PREFERRED, NON_PREFERRED);
        if (!(object.get(INPUT) instanceof Map<?, ?> input)) {
            throw object.containsKey(INPUT)
                    ? RowRefusal.kind(INPUT, object.get(INPUT), "an object with \"messages\"")
                    : new RowRefusal("has no \"input\" beside " + quoted(PREFERRED)
                            + "; it must be an object with \"messages\"");
        }
        @SuppressWarnings("unchecked")
        Map<String, @Nullable Object> inner = (Map<String, @Nullable Object>) input;
        List<Map<String, Object>> prompt =
                MessageList.read(inner.get("messages"), "input.messages").messages();
        return new PreferenceRow(
                prompt,
                answer(object.get(PREFERRED), PREFERRED),
                answer(object.get(NON_PREFERRED), NON_PREFERRED),
                MessageList.tools(inner));
    }

    private static PreferenceRow pair(Map<String, @Nullable Object> object, String promptKey) throws RowRefusal {
        requireBoth(object, CHOSEN, REJECTED);
        if (!object.containsKey(promptKey)) {
            return withoutPrompt(object, promptKey);
        }
        Object value = object.get(promptKey);
        List<Map<String, Object>> prompt =
                switch (value) {
                    case String text -> List.of(message("user", text));
                    case List<?> list -> MessageList.read(list, promptKey).messages();
                    case null, default -> throw RowRefusal.kind(promptKey, value, "a string or a list of messages");
                };
        return new PreferenceRow(
                prompt,
                answer(object.get(CHOSEN), CHOSEN, prompt),
                answer(object.get(REJECTED), REJECTED, prompt),
                MessageList.tools(object));
    }

    /** Two whole conversations: what they begin with in common is the prompt. */
    private static PreferenceRow withoutPrompt(Map<String, @Nullable Object> object, String promptKey)
            throws RowRefusal {
        if (!(object.get(CHOSEN) instanceof List<?> chosenList)
                || !(object.get(REJECTED) instanceof List<?> rejectedList)) {
            throw new RowRefusal("has " + quoted(CHOSEN) + " and " + quoted(REJECTED) + " but no " + quoted(promptKey)
                    + "; it needs one, a string or a list of messages, unless both answers are lists of messages"
                    + " that begin with the prompt's");
        }
        List<Map<String, Object>> chosen = MessageList.read(chosenList, CHOSEN).messages();
        List<Map<String, Object>> rejected =
                MessageList.read(rejectedList, REJECTED).messages();
        int shared = 0;
        while (shared < Math.min(chosen.size(), rejected.size()) - 1
                && chosen.get(shared).equals(rejected.get(shared))) {
            shared++;
        }
        if (shared == 0) {
            throw new RowRefusal("has no " + quoted(promptKey) + ", and " + quoted(CHOSEN) + " and " + quoted(REJECTED)
                    + " do not begin with the same messages; give the prompt in " + quoted(promptKey));
        }
        List<Map<String, Object>> prompt = chosen.subList(0, shared);
        return new PreferenceRow(
                prompt,
                requireAnswer(chosen.subList(shared, chosen.size()), CHOSEN),
                requireAnswer(rejected.subList(shared, rejected.size()), REJECTED),
                MessageList.tools(object));
    }

    private static void requireBoth(Map<String, @Nullable Object> object, String better, String worse)
            throws RowRefusal {
        String missing = object.containsKey(better) ? worse : better;
        if (!object.containsKey(missing)) {
            throw new RowRefusal("has " + quoted(missing.equals(worse) ? better : worse) + " but no " + quoted(missing)
                    + "; a preference needs both");
        }
    }

    private static List<Map<String, Object>> answer(
            @Nullable Object value, String key, List<Map<String, Object>> prompt) throws RowRefusal {
        if (value instanceof String text) {
            return List.of(message("assistant", text));
        }
        if (!(value instanceof List<?>)) {
            throw RowRefusal.kind(key, value, "a string or a list of messages");
        }
        List<Map<String, Object>> messages = MessageList.read(value, key).messages();
        boolean repeatsPrompt = messages.size() > prompt.size()
                && messages.subList(0, prompt.size()).equals(prompt);
        return requireAnswer(repeatsPrompt ? messages.subList(prompt.size(), messages.size()) : messages, key);
    }

    private static List<Map<String, Object>> answer(@Nullable Object value, String key) throws RowRefusal {
        return requireAnswer(MessageList.read(value, key).messages(), key);
    }

    private static List<Map<String, Object>> requireAnswer(List<Map<String, Object>> messages, String key)
            throws RowRefusal {
        if (!"assistant".equals(messages.getFirst().get("role"))
                || !"assistant".equals(messages.getLast().get("role"))) {
            throw new RowRefusal("has an answer in " + quoted(key)
                    + " that does not begin and end with the assistant; its first and its last message must have the"
                    + " role \"assistant\"");
        }
        return messages;
    }

    private static Map<String, Object> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }
}
