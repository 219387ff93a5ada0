package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowReaderTest {

    @TempDir
    Path folder;

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("train.jsonl"), content);
    }

    private static List<NumberedRow> rows(Path file, RowKeys keys) {
        List<NumberedRow> rows = new ArrayList<>();
        try (RowReader reader = RowReader.open(RowFile.plain(file), keys, LossMask.ROW)) {
            for (Optional<NumberedRow> row = reader.read(); row.isPresent(); row = reader.read()) {
                rows.add(row.get());
            }
        }
        return rows;
    }

    private static List<RowException> bad(Path file, LossMask mask) {
        return BadRows.of(RowReader.open(RowFile.plain(file), RowKeys.standard(), mask));
    }

    @Test
    void allFormatsAreRead() throws Exception {
        Path file = file("{\"text\": \"a\"}\r\n{\"prompt\": \"p\", \"completion\": \"c\", \"id\": 7}\n"
                + "{\"messages\": [{\"role\": \"user\", \"content\": \"é\"}], \"tools\": [{\"name\": \"t\"}]}\n\n");
        List<NumberedRow> rows = rows(file, RowKeys.standard());
        assertThat(rows).extracting(NumberedRow::line).containsExactly(1L, 2L, 3L);
        assertThat(rows).extracting(NumberedRow::keyCount).containsExactly(1, 3, 2);
        assertThat(rows)
                .extracting(NumberedRow::row)
                .containsExactly(
                        new TextRow("a"),
                        new CompletionRow("p", "c", List.of()),
                        new ChatRow(List.of(Map.of("role", "user", "content", "é")), List.of(Map.of("name", "t"))));
    }

    @Test
    void linesOfAnyLengthAndEndAreRead() throws Exception {
        Random random = new Random(5);
        StringBuilder content = new StringBuilder();
        List<Row> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int length = i % 9 == 0 ? 65_530 - 12 + random.nextInt(8) : 1 + random.nextInt(20_000);
            String text = "x".repeat(length);
            expected.add(new TextRow(text));
            content.append("{\"text\": \"").append(text).append("\"}").append(random.nextBoolean() ? "\r\n" : "\n");
        }
        assertThat(rows(file(content.toString()), RowKeys.standard()).stream()
                        .map(NumberedRow::row)
                        .toList()
                        .equals(expected))
                .isTrue();
    }

    @Test
    void keysMayHaveOtherNames() throws Exception {
        var keys = new RowKeys("question", "answer", "body", "turns");
        Path file = file("{\"question\": \"q\", \"answer\": \"a\", \"text\": 5}\n{\"body\": \"b\", \"messages\": 5}\n"
                + "{\"turns\": [{\"role\": \"user\", \"content\": \"x\"}]}");
        assertThat(rows(file, keys))
                .extracting(NumberedRow::row)
                .containsExactly(
                        new CompletionRow("q", "a", List.of()),
                        new TextRow("b"),
                        new ChatRow(List.of(Map.of("role", "user", "content", "x")), List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"text": "secret"       | is not JSON, see its column
            secret                  | is not JSON; each line must hold one object
            ["secret"]              | is not a JSON object
            "secret"                | is not a JSON object
            {"text": "a"} secret    | is not JSON, see its column
            {"tekst": "secret"}     | has no key of a row; it needs "messages", or "prompt" and "completion", or "text", and has "tekst"
            {}                      | has no keys at all
            {"prompt": "secret"}    | has "prompt" but no "completion"; it needs both
            {"completion": ""}      | has "completion" but no "prompt"
            {"prompt": 1, "completion": "a"} | has "prompt" that is a number; it must be a string
            {"prompt": "a", "completion": null} | has "completion" that is null
            {"text": ["secret"]}    | has "text" that is a list
            {"text": ""}            | has an empty "text"
            {"text": "a", "messages": []} | has the keys of more than one format: "messages", "text"
            {"prompt": "a", "completion": "b", "text": "c"} | has the keys of more than one format
            {"messages": []}        | has no messages in "messages"
            {"messages": {"a": 1}}  | has "messages" that is an object; it must be a list of messages
            {"messages": ["secret"]} | has message 1 of "messages" that is a string
            {"messages": [{"content": "secret"}]} | has message 1 of "messages" without a "role"
            {"messages": [{"role": "robot", "content": "secret"}]} | with an unknown "role"; known are assistant,
            {"messages": [{"role": "user"}]} | with "content" that is missing
            {"messages": [{"role": "user", "content": null}]} | with "content" that is null
            {"messages": [{"role": "user", "content": [{"type": "text"}]}]} | with "content" that is a list
            {"messages": [{"role": "user", "content": "a", "tool_calls": "x"}]} | with "tool_calls" that is a string
            {"messages": [{"role": "user", "content": "a"}], "tools": {}} | has "tools" that is an object
            {"messages": [{"role": "user", "content": "a"}], "tools": [1]} | has a tool in "tools" that is a number
            {"text": "secret \\ud83d"} | has half a character
            """)
    void aBadRowIsNamedWithoutItsText(String line, String reason) throws Exception {
        Path file = file("{\"text\": \"fine\"}\n" + line + "\n{\"text\": \"fine\"}\n");
        List<RowException> bad = bad(file, LossMask.ROW);
        assertThat(bad).hasSize(1);
        assertThat(bad.getFirst().line()).isEqualTo(2);
        assertThat(bad.getFirst().file()).isEqualTo(file);
        assertThat(bad.getFirst())
                .hasMessageStartingWith(file + ", line 2: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aMaskNeedsAPromptAndAnAnswer() throws Exception {
        Path file = file("""
                {"text": "a"}
                {"messages": [{"role": "user", "content": "a"}]}
                {"messages": [{"role": "assistant", "content": "a"}]}
                {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}
                """);
        assertThat(bad(file, LossMask.PROMPT))
                .extracting(RowException::reason)
                .satisfiesExactly(
                        text -> assertThat(text).contains("no prompt to mask"),
                        last -> assertThat(last).contains("not the assistant's"),
                        single -> assertThat(single).contains("only one message"));
        assertThat(bad(file, LossMask.ROW)).isEmpty();
        assertThat(bad(file, LossMask.ASSISTANT))
                .extracting(RowException::reason)
                .satisfiesExactly(
                        text -> assertThat(text).contains("no prompt to mask"),
                        none -> assertThat(none).contains("no message of the assistant"),
                        single -> assertThat(single).contains("must be a prompt before it"));
    }

    @Test
    void anAnswerMayBeOnlyToolCalls() throws Exception {
        Path file = file("{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\","
                + " \"content\": null, \"tool_calls\": [{\"function\": {\"name\": \"t\"}}]}]}");
        assertThat(bad(file, LossMask.PROMPT)).isEmpty();
    }

    @Test
    void aWeightSaysWhichAnswersAreLearned() throws Exception {
        Path file = file("{\"messages\": [{\"role\": \"user\", \"content\": \"a\", \"weight\": null},"
                + " {\"role\": \"assistant\", \"content\": \"b\", \"weight\": 0},"
                + " {\"role\": \"assistant\", \"content\": \"c\", \"weight\": 1}]}");
        assertThat(rows(file, RowKeys.standard()))
                .extracting(NumberedRow::row)
                .containsExactly(new ChatRow(
                        List.of(
                                Map.of("role", "user", "content", "a"),
                                Map.of("role", "assistant", "content", "b"),
                                Map.of("role", "assistant", "content", "c")),
                        List.of(),
                        Set.of(1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "assistant" | 2        | with "weight" that is 2; it must be 0 (not learned) or 1 (learned)
            "assistant" | 0.5      | with "weight" that is 0.5;
            "assistant" | -1       | with "weight" that is -1;
            "assistant" | "secret" | with "weight" that is a string;
            "assistant" | true     | with "weight" that is true or false;
            "user"      | 1        | with "weight" 1 and the role "user"; only messages of the assistant can have a weight
            "system"    | 0        | with "weight" 0 and the role "system"
            """)
    void anotherWeightIsNamed(String role, String weight, String reason) throws Exception {
        Path file = file("{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": " + role
                + ", \"content\": \"secret\", \"weight\": " + weight + "}]}");
        for (LossMask mask : LossMask.values()) {
            assertThat(bad(file, mask)).singleElement().satisfies(bad -> assertThat(bad)
                    .hasMessageStartingWith(file + ", line 1: has message 2 of \"messages\" " + reason)
                    .hasMessageNotContaining("secret"));
        }
    }

    @Test
    void blankLinesMayOnlyStandAtTheEnd() throws Exception {
        Path file = file("{\"text\": \"a\"}\n\n  \n{\"text\": \"b\"}\n\n");
        List<RowException> bad = bad(file, LossMask.ROW);
        assertThat(bad).extracting(RowException::line).containsExactly(2L);
        assertThat(bad.getFirst()).hasMessageContaining("is blank");
        try (RowReader reader = RowReader.open(RowFile.plain(file), RowKeys.standard(), LossMask.ROW)) {
            assertThat(reader.read().orElseThrow().line()).isEqualTo(1);
            assertThatThrownBy(reader::read).isInstanceOf(RowException.class);
            assertThat(reader.read().orElseThrow().row()).isEqualTo(new TextRow("b"));
            assertThat(reader.read()).isEmpty();
        }
    }

    @Test
    void aLineThatIsNotUtf8IsNamed() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write("{\"text\": \"a\"}\n{\"text\": \"".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xe9);
        bytes.write("\"}\n".getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("train.jsonl"), bytes.toByteArray());
        assertThat(bad(file, LossMask.ROW)).singleElement().satisfies(bad -> assertThat(bad)
                .hasMessageContaining("line 2: is not UTF-8"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstRow() throws Exception {
        assertThat(rows(file("\ufeff{\"text\": \"a\"}"), RowKeys.standard())).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("none.jsonl");
        assertThatThrownBy(() -> RowReader.open(RowFile.plain(file), RowKeys.standard(), LossMask.ROW))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file + " cannot be opened");
    }

    @Test
    void aDataFolderSaysWhatItLacks() throws Exception {
        assertThatThrownBy(() -> new DataFolder(folder.resolve("none"))).hasMessageContaining("is not a folder");
        var data = new DataFolder(folder);
        Files.writeString(folder.resolve("train.jsonl"), "{\"text\": \"a\"}");
        Files.writeString(folder.resolve("test.jsonl"), "");
        assertThat(data.require(Split.TRAIN)).isEqualTo(folder.resolve("train.jsonl"));
        assertThat(data.has(Split.VALID)).isFalse();
        assertThatThrownBy(() -> data.require(Split.VALID)).hasMessageContaining("valid.jsonl is missing");
        assertThatThrownBy(() -> data.require(Split.TEST)).hasMessageContaining("test.jsonl is empty");
    }
}
