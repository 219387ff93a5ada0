package org.mlxspring.engine.data;

import static org.mlxspring.engine.data.RowRefusal.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows with one answer, in mlx-lm's formats, as far as a loss mask can use them. */
final class SupervisedFormat implements RowFormat {

    private final RowKeys keys;
    private final LossMask mask;

    SupervisedFormat(RowKeys keys, LossMask mask) {
        this.keys = keys;
        this.mask = mask;
    }

    /** Whether an object has the keys of one of these formats. */
    boolean recognizes(Map<String, @Nullable Object> object) {
        return !formats(object).isEmpty();
    }

    @Override
    public Row row(Map<String, @Nullable Object> object) throws RowRefusal {
        List<String> formats = formats(object);
        if (formats.size() > 1) {
            throw new RowRefusal(
                    "has the keys of more than one format: " + String.join(", ", formats) + "; keep those of one");
        }
        if (formats.isEmpty()) {
            throw unknown(object);
        }
        if (object.containsKey(keys.chatFeature())) {
            return chatRow(object);
        }
        return object.containsKey(keys.textFeature()) ? textRow(object) : completionRow(object);
    }

    private List<String> formats(Map<String, @Nullable Object> object) {
        List<String> formats = new ArrayList<>();
        if (object.containsKey(keys.promptFeature()) && object.containsKey(keys.completionFeature())) {
            formats.add(quoted(keys.promptFeature()) + " and " + quoted(keys.completionFeature()));
        }
        if (object.containsKey(keys.chatFeature())) {
            formats.add(quoted(keys.chatFeature()));
        }
        if (object.containsKey(keys.textFeature())) {
            formats.add(quoted(keys.textFeature()));
        }
        return formats;
    }

    private RowRefusal unknown(Map<String, @Nullable Object> object) {
        if (PreferenceFormat.isPreference(object)) {
            return new RowRefusal("is a preference, a pair of a better and a worse answer; use train_mode dpo or orpo,"
                    + " or give rows with one answer for train_mode sft");
        }
        String expected = quoted(keys.chatFeature()) + ", or " + quoted(keys.promptFeature()) + " and "
                + quoted(keys.completionFeature()) + ", or " + quoted(keys.textFeature());
        boolean prompt = object.containsKey(keys.promptFeature());
        if (prompt || object.containsKey(keys.completionFeature())) {
            return new RowRefusal("has " + quoted(prompt ? keys.promptFeature() : keys.completionFeature())
                    + " but no " + quoted(prompt ? keys.completionFeature() : keys.promptFeature())
                    + "; it needs both");
        }
        List<String> found = object.keySet().stream()
                .limit(6)
                .map(key -> quoted(key.length() > 30 ? key.substring(0, 30) + "…" : key))
                .toList();
        return new RowRefusal("has no key of a row; it needs " + expected + ", and has "
                + (found.isEmpty() ? "no keys at all" : String.join(", ", found)));
    }

    private Row textRow(Map<String, @Nullable Object> object) throws RowRefusal {
        if (mask != LossMask.ROW) {
            throw new RowRefusal("has " + quoted(keys.textFeature())
                    + ", which has no prompt to mask; use loss_mask row, or give \"messages\","
                    + " or \"prompt\" and \"completion\"");
        }
        String text = string(object, keys.textFeature());
        if (text.isEmpty()) {
            throw new RowRefusal("has an empty " + quoted(keys.textFeature()) + "; there is nothing to learn from it");
        }
        return new TextRow(text);
    }

    private Row completionRow(Map<String, @Nullable Object> object) throws RowRefusal {
        return new CompletionRow(
                string(object, keys.promptFeature()),
                string(object, keys.completionFeature()),
                MessageList.tools(object));
    }

    private static String string(Map<String, @Nullable Object> object, String key) throws RowRefusal {
        if (object.get(key) instanceof String text) {
            return text;
        }
        throw RowRefusal.kind(key, object.get(key), "a string");
    }

    private Row chatRow(Map<String, @Nullable Object> object) throws RowRefusal {
        MessageList list = MessageList.read(object.get(keys.chatFeature()), keys.chatFeature());
        ChatRow row = new ChatRow(list.messages(), MessageList.tools(object), list.unlearned());
        switch (mask) {
            case PROMPT -> requirePromptAndAnswer(row.messages());
            case ASSISTANT -> requireAssistant(row.messages());
            case ROW -> {}
        }
        if (row.unlearned().contains(0)) {
            throw new RowRefusal("has a first message in " + quoted(keys.chatFeature())
                    + " with \"weight\" 0; a message before it is needed to tell where its text begins");
        }
        return row;
    }

    private void requirePromptAndAnswer(List<Map<String, Object>> messages) throws RowRefusal {
        String key = quoted(keys.chatFeature());
        if (!"assistant".equals(messages.getLast().get("role"))) {
            throw new RowRefusal("has a last message in " + key
                    + " that is not the assistant's; with loss_mask prompt only the last message is learned,"
                    + " so it must have the role \"assistant\"");
        }
        if (messages.size() == 1) {
            throw new RowRefusal("has only one message in " + key
                    + "; with loss_mask prompt there must be a prompt before the assistant's answer");
        }
    }

    private void requireAssistant(List<Map<String, Object>> messages) throws RowRefusal {
        String key = quoted(keys.chatFeature());
        if (messages.stream().noneMatch(message -> "assistant".equals(message.get("role")))) {
            throw new RowRefusal("has no message of the assistant in " + key
                    + "; with loss_mask assistant only these are learned, so it needs at least one");
        }
        if ("assistant".equals(messages.getFirst().get("role"))) {
            throw new RowRefusal("has a first message in " + key
                    + " that is the assistant's; with loss_mask assistant there must be a prompt before it");
        }
    }
}
