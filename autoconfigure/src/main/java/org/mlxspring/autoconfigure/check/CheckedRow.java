package org.mlxspring.autoconfigure.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlxspring.engine.data.ChatRow;
import org.mlxspring.engine.data.CompletionRow;
import org.mlxspring.engine.data.PreferenceRow;
import org.mlxspring.engine.data.Row;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TextRow;

/**
 * A stored row as the checks read it.
 *
 * @param id its id
 * @param split its split
 * @param json its canonical JSON
 * @param object the same, as maps and lists
 * @param row the same, in its format
 */
record CheckedRow(long id, Split split, String json, Map<String, ?> object, Row row) {

    /** Every conversation that the row tells: one, or of a preference two, the better first; none of plain text. */
    List<List<Turn>> conversations() {
        return switch (row) {
            case TextRow text -> List.of();
            case CompletionRow(String prompt, String completion, List<Map<String, Object>> tools) ->
                List.of(List.of(new Turn("user", prompt, false), new Turn(Turn.ASSISTANT, completion, false)));
            case ChatRow chat -> List.of(turns(chat.messages()));
            case PreferenceRow preference ->
                List.of(
                        turns(joined(preference.prompt(), preference.chosen())),
                        turns(joined(preference.prompt(), preference.rejected())));
        };
    }

    /** All that the row says, one turn after the other. */
    String text() {
        StringBuilder all = new StringBuilder(json.length());
        switch (row) {
            case TextRow(String text) -> all.append(text);
            case CompletionRow(String prompt, String completion, List<Map<String, Object>> tools) ->
                all.append(prompt).append('\n').append(completion);
            case ChatRow chat -> append(chat.messages(), all);
            case PreferenceRow preference -> {
                append(preference.prompt(), all);
                append(preference.chosen(), all);
                append(preference.rejected(), all);
            }
        }
        return all.toString();
    }

    private static void append(List<Map<String, Object>> messages, StringBuilder all) {
        messages.forEach(message -> all.append(Turn.of(message).text()).append('\n'));
    }

    private static List<Map<String, Object>> joined(
            List<Map<String, Object>> prompt, List<Map<String, Object>> answer) {
        List<Map<String, Object>> all = new ArrayList<>(prompt);
        all.addAll(answer);
        return all;
    }

    private static List<Turn> turns(List<Map<String, Object>> messages) {
        return messages.stream().map(Turn::of).toList();
    }
}
