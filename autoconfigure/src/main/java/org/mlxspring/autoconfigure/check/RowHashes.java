package org.mlxspring.autoconfigure.check;

import java.util.List;
import java.util.Map;
import org.mlxspring.engine.data.ChatRow;
import org.mlxspring.engine.data.CompletionRow;
import org.mlxspring.engine.data.PreferenceRow;
import org.mlxspring.engine.data.TextRow;

/**
 * Keyed hashes of a row, by which rows are compared without their text. Two different texts have the same one once in 2^64
 * times.
 *
 * @param content of the whole row
 * @param prompt of what is asked; {@link SameKey#NONE} for plain text. Of a preference: of the prompt and its two answers,
 *     whichever is the better one, since a prompt may well have many preferences
 * @param answer of what is answered; of a preference of the better answer
 */
record RowHashes(long content, long prompt, long answer) {

    static RowHashes of(CheckedRow row, SipHash hash) {
        long content = hash.of(row.json());
        return switch (row.row()) {
            case TextRow text -> new RowHashes(content, SameKey.NONE, 0);
            case CompletionRow(String prompt, String completion, List<Map<String, Object>> tools) ->
                new RowHashes(content, hash.of(prompt + tools), hash.of(completion));
            case ChatRow chat -> {
                List<Map<String, Object>> messages = chat.messages();
                int last = messages.size() - 1;
                yield Turn.of(messages.get(last)).isAssistants() && last > 0
                        ? new RowHashes(
                                content,
                                hash.of(messages.subList(0, last).toString() + chat.tools()),
                                hash.of(messages.get(last).toString()))
                        : new RowHashes(content, SameKey.NONE, 0);
            }
            case PreferenceRow preference -> {
                long chosen = hash.of(preference.chosen().toString());
                long rejected = hash.of(preference.rejected().toString());
                long prompt = hash.of(preference.prompt().toString() + preference.tools());
                yield new RowHashes(content, prompt ^ chosen + rejected, chosen);
            }
        };
    }
}
