package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.text.Tokenizer;

class PreferenceRowsTest {

    private static final String U = "{\"role\": \"user\", \"content\": \"q\"}";
    private static final String A = "{\"role\": \"assistant\", \"content\": \"a\"}";
    private static final String B = "{\"role\": \"assistant\", \"content\": \"b\"}";

    /** The same preference in all its formats. */
    private static final List<String> ALIKE = List.of(
            "{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\"}",
            "{\"prompt\": [" + U + "], \"chosen\": [" + A + "], \"rejected\": [" + B + "]}",
            "{\"prompt\": \"q\", \"chosen\": [" + A + "], \"rejected\": \"b\", \"score_chosen\": 8.5}",
            "{\"prompt\": \"q\", \"chosen\": [" + U + ", " + A + "], \"rejected\": [" + U + ", " + B + "]}",
            "{\"chosen\": [" + U + ", " + A + "], \"rejected\": [" + U + ", " + B + "]}",
            "{\"prompt\": \"q\", \"messages\": [" + U + "], \"chosen\": [" + A + "], \"rejected\": [" + B + "]}",
            "{\"input\": {\"messages\": [" + U + "], \"tools\": [], \"parallel_tool_calls\": true},"
                    + " \"preferred_output\": [" + A + "], \"non_preferred_output\": [" + B + "]}");

    @TempDir
    Path folder;

    private Path file(List<String> lines) throws Exception {
        return Files.write(folder.resolve("train.jsonl"), lines);
    }

    @Test
    void everyFormatSaysTheSame() throws Exception {
        List<Row> rows = new ArrayList<>();
        try (RowReader reader = RowReader.ofPreferences(RowFile.plain(file(ALIKE)), RowKeys.standard())) {
            for (Optional<NumberedRow> row = reader.read(); row.isPresent(); row = reader.read()) {
                rows.add(row.get().row());
            }
        }
        assertThat(rows)
                .hasSize(ALIKE.size())
                .containsOnly(new PreferenceRow(
                        List.of(Map.of("role", "user", "content", "q")),
                        List.of(Map.of("role", "assistant", "content", "a")),
                        List.of(Map.of("role", "assistant", "content", "b")),
                        List.of()));
    }

    @Test
    void aPreferenceIsTwoRowsOfWhichTheAnswerIsLearned() throws Exception {
        Path file = file(List.of(
                "{\"prompt\": \"q\", \"chosen\": \"yes, of course\", \"rejected\": \"no\"}",
                "{\"input\": {\"messages\": [" + U + "], \"tools\": [{\"name\": \"ping\"}]}, \"preferred_output\": ["
                        + A + "], \"non_preferred_output\": [" + B + "]}"));
        try (var tokenizer = Tokenizer.load(Golden.tokenizer("pieces"))) {
            var rows = RowTokenizer.ofPreferences(tokenizer);
            TokenizedRows memory = rows.inMemory(file, RowKeys.standard());
            TokenStore store = rows.stored(file, RowKeys.standard(), folder.resolve("train.tokens"));
            List<String> learned = List.of("yes, of course<|end|>", "no<|end|>", "a<|end|>", "b<|end|>");
            for (TokenizedRows each : List.of(memory, store)) {
                assertThat(each.rowsPerExample()).isEqualTo(2);
                assertThat(each.examples()).isEqualTo(2);
                for (int i = 0; i < 4; i++) {
                    TokenizedRow row = each.get(i);
                    assertThat(row.targets()).hasSize(2);
                    int[] answer = Arrays.copyOfRange(row.tokens(), row.targets()[0], row.targets()[1]);
                    assertThat(tokenizer.decode(answer, false).strip()).isEqualTo(learned.get(i));
                    int[] prompt = Arrays.copyOf(row.tokens(), row.targets()[0]);
                    assertThat(tokenizer.decode(prompt, false)).endsWith("assistant\n");
                    assertThat(tokenizer.decode(prompt, false).contains("ping")).isEqualTo(i >= 2);
                }
            }
        }
    }

    @Test
    void aModelIsJudgedByTheBetterAnswer() throws Exception {
        try (var tokenizer = Tokenizer.load(Golden.tokenizer("pieces"))) {
            Path pairs = file(ALIKE.subList(0, 5));
            TokenizedRows both = RowTokenizer.ofPreferences(tokenizer).inMemory(pairs, RowKeys.standard());
            TokenizedRows judged =
                    RowTokenizer.ofAny(tokenizer, LossMask.ASSISTANT).inMemory(pairs, RowKeys.standard());
            assertThat(judged.size()).isEqualTo(judged.examples()).isEqualTo(5);
            assertThat(judged.get(3)).usingRecursiveComparison().isEqualTo(both.get(6));

            Path plain = file(List.of("{\"prompt\": \"a\", \"completion\": \"b\"}"));
            for (LossMask mask : LossMask.values()) {
                assertThat(RowTokenizer.ofAny(tokenizer, mask)
                                .inMemory(plain, RowKeys.standard())
                                .get(0))
                        .usingRecursiveComparison()
                        .isEqualTo(new RowTokenizer(tokenizer, mask)
                                .inMemory(plain, RowKeys.standard())
                                .get(0));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"prompt": "secret", "completion": "a"}          | is no preference; train_mode dpo and orpo need "prompt", "chosen" and "rejected"
            {"messages": []}                                 | for rows with one answer use train_mode sft
            {"prompt": "a", "chosen": "secret"}              | has "chosen" but no "rejected"; a preference needs both
            {"prompt": "a", "rejected": "secret"}            | has "rejected" but no "chosen"
            {"chosen": "secret", "rejected": "b"}            | has "chosen" and "rejected" but no "prompt"; it needs one
            {"prompt": 5, "chosen": "secret", "rejected": "b"} | has "prompt" that is a number; it must be a string or a list of messages
            {"prompt": "a", "chosen": {"x": "secret"}, "rejected": "b"} | has "chosen" that is an object; it must be a string or a list of messages
            {"prompt": "a", "chosen": "secret", "rejected": null} | has "rejected" that is null
            {"prompt": "a", "chosen": [], "rejected": "b"}   | has no messages in "chosen"
            {"prompt": "a", "chosen": "x", "rejected": [{"role": "user", "content": "secret"}]} | has an answer in "rejected" that does not begin and end with the assistant
            {"prompt": [{"role": "robot", "content": "secret"}], "chosen": "x", "rejected": "y"} | has message 1 of "prompt" with an unknown "role"
            {"chosen": [{"role": "assistant", "content": "a"}], "rejected": [{"role": "assistant", "content": "b"}]} | do not begin with the same messages
            {"preferred_output": [], "non_preferred_output": []} | has no "input" beside "preferred_output"
            {"input": [], "preferred_output": [], "non_preferred_output": []} | has "input" that is a list; it must be an object with "messages"
            {"input": {}, "preferred_output": [], "non_preferred_output": []} | has "input.messages" that is null; it must be a list of messages
            {"input": {}, "preferred_output": []}            | has "preferred_output" but no "non_preferred_output"
            {"input": {"messages": [{"role": "user", "content": "x"}]}, "preferred_output": "secret", "non_preferred_output": []} | has "preferred_output" that is a string; it must be a list of messages
            {"chosen": "a", "rejected": "b", "preferred_output": []} | has the keys of two formats of preferences
            """)
    void aBadPreferenceIsNamedWithoutItsText(String line, String reason) throws Exception {
        Path file = file(List.of(ALIKE.getFirst(), line));
        try (RowReader reader = RowReader.ofPreferences(RowFile.plain(file), RowKeys.standard())) {
            reader.read();
            assertThatThrownBy(reader::read)
                    .isInstanceOf(RowException.class)
                    .hasMessageStartingWith(file + ", line 2: ")
                    .hasMessageContaining(reason)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void aPreferenceAmongRowsWithOneAnswerNamesTheSetting() throws Exception {
        Path file = file(ALIKE.subList(0, 5));
        assertThat(BadRows.of(RowReader.open(RowFile.plain(file), RowKeys.standard(), LossMask.ROW)))
                .hasSize(5)
                .allSatisfy(bad -> assertThat(bad).hasMessageContaining("use train_mode dpo or orpo"));
        // A row that mlx-lm can read stays one, whatever else it carries.
        Path other = file(ALIKE.subList(5, 6));
        assertThat(BadRows.of(RowReader.open(RowFile.plain(other), RowKeys.standard(), LossMask.ROW)))
                .isEmpty();
    }

    @Test
    void beforeItsUseIsKnownAFileMayHoldEither() throws Exception {
        String plain = "{\"prompt\": \"a\", \"completion\": \"b\"}";
        assertThat(BadRows.of(RowReader.ofAny(RowFile.plain(file(ALIKE.subList(0, 5))), RowKeys.standard())))
                .isEmpty();
        assertThat(BadRows.of(RowReader.ofAny(RowFile.plain(file(List.of(plain, plain))), RowKeys.standard())))
                .isEmpty();
        assertThat(BadRows.of(
                        RowReader.ofAny(RowFile.plain(file(List.of(plain, ALIKE.getFirst()))), RowKeys.standard())))
                .singleElement()
                .satisfies(bad -> assertThat(bad).hasMessageContaining("line 2: is a preference, and rows before it"));
    }
}
