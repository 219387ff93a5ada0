package org.mlxspring.engine.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.data.ChatRow;
import org.mlxspring.engine.data.CompletionRow;
import org.mlxspring.engine.data.NumberedRow;
import org.mlxspring.engine.data.PreferenceRow;
import org.mlxspring.engine.data.RowFile;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowReader;
import org.mlxspring.engine.data.TextRow;
import org.mlxspring.engine.text.Tokenizer;

/**
 * A row turned into something to answer.
 *
 * @param row line number of the row
 * @param prompt token ids up to where the answer begins
 * @param expected the row's own answer, without white space around it
 */
record Question(long row, int[] prompt, String expected) {

    /** The first rows of a file that have an answer, of a preference the better one; text rows have none. */
    static List<Question> read(RowFile file, int limit, Tokenizer tokenizer, Map<String, Object> variables) {
        List<Question> questions = new ArrayList<>();
        try (RowReader reader = RowReader.ofAny(file, RowKeys.standard())) {
            Optional<NumberedRow> next = reader.read();
            while (next.isPresent() && questions.size() < limit) {
                of(next.get(), tokenizer, variables).ifPresent(questions::add);
                next = reader.read();
            }
        }
        return questions;
    }

    private static Optional<Question> of(NumberedRow row, Tokenizer tokenizer, Map<String, Object> variables) {
        return switch (row.row()) {
            case CompletionRow completion -> {
                List<Map<String, Object>> messages = List.of(Map.of("role", "user", "content", completion.prompt()));
                yield Optional.of(new Question(
                        row.line(),
                        tokenizer.encodeChat(messages, completion.tools(), true, variables),
                        completion.completion().strip()));
            }
            case ChatRow chat
            when chat.messages().getLast().get("role").equals("assistant")
                    && chat.messages().getLast().get("content") instanceof String answer -> {
                List<Map<String, Object>> before =
                        chat.messages().subList(0, chat.messages().size() - 1);
                yield Optional.of(new Question(
                        row.line(), tokenizer.encodeChat(before, chat.tools(), true, variables), answer.strip()));
            }
            case ChatRow chat -> Optional.empty();
            case TextRow text -> Optional.empty();
            case PreferenceRow preference
            when preference.chosen().size() == 1
                    && preference.chosen().getFirst().get("content") instanceof String answer ->
                Optional.of(new Question(
                        row.line(),
                        tokenizer.encodeChat(preference.prompt(), preference.tools(), true, variables),
                        answer.strip()));
            case PreferenceRow preference -> Optional.empty();
        };
    }
}
