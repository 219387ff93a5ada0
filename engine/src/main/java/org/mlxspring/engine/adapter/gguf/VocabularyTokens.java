package org.mlxspring.engine.adapter.gguf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of {@code tokenizer.json} in the order of their ids, as many as the model has embeddings; ids that have no
 * token get one that no text contains.
 *
 * @param texts as the vocabulary has them
 * @param types llama.cpp's: 1 usual, 2 unknown, 3 control, 4 defined by the user, 5 unused, 6 a byte
 */
record VocabularyTokens(List<String> texts, int[] types) {

    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;
    private static final int BYTE = 6;
    private static final Pattern BYTE_TOKEN = Pattern.compile("<0x[0-9A-F]{2}>");

    /**
     * @param tokenizer the content of {@code tokenizer.json}
     * @param count how many tokens the model has
     * @param pieces whether tokens such as {@code <0x0A>} stand for a byte
     */
    static VocabularyTokens of(JsonNode tokenizer, int count, boolean pieces) {
        List<String> texts = new ArrayList<>(count);
        for (int id = 0; id < count; id++) {
            texts.add("[PAD" + id + "]");
        }
        int[] types = new int[count];
        Arrays.fill(types, UNUSED);
        String unknown = tokenizer.path("model").path("unk_token").asString("");
        tokenizer.path("model").path("vocab").properties().forEach(entry -> {
            int id = entry.getValue().asInt();
            if (id < count) {
                texts.set(id, entry.getKey());
                types[id] = pieces && BYTE_TOKEN.matcher(entry.getKey()).matches() ? BYTE : NORMAL;
            }
        });
        tokenizer.path("added_tokens").forEach(added -> {
            int id = added.path("id").asInt();
            String text = added.path("content").asString();
            boolean special = added.path("special").asBoolean(false);
            if (id < count && types[id] != BYTE && !(types[id] == NORMAL && madeOfSpaces(added, special, text))) {
                texts.set(id, special ? text : text.replace('\u2581', ' '));
                types[id] = special ? CONTROL : USER_DEFINED;
            }
        });
        for (int id = 0; pieces && id < count; id++) {
            if (!unknown.isEmpty() && texts.get(id).equals(unknown)) {
                types[id] = UNKNOWN;
            }
        }
        return new VocabularyTokens(texts, types);
    }

    /** Looked for before spaces become marks, such a token is never found; merges make it as any other. */
    private static boolean madeOfSpaces(JsonNode added, boolean special, String text) {
        return !special
                && text.indexOf('\u2581') >= 0
                && !added.path("normalized").asBoolean(false);
    }
}
