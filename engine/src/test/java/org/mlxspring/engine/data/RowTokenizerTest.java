package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.text.Tokenizer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Holds tokenized rows against mlx-lm's datasets; the expectations are made by make_batches.py. */
class RowTokenizerTest {

    private record Case(String tokenizer, boolean mask, JsonNode row, int[] tokens, int prompt_tokens) {}

    @TempDir
    Path folder;

    @Test
    void rowsBecomeTheTokensOfMlxLm() throws Exception {
        Path file = folder.resolve("row.jsonl");
        for (Case each : Golden.read("rows.json", new TypeReference<List<Case>>() {})) {
            Files.writeString(file, Golden.JSON.writeValueAsString(each.row()));
            try (var tokenizer = Tokenizer.load(Golden.tokenizer(each.tokenizer()))) {
                TokenizedRows rows = new RowTokenizer(tokenizer, each.mask() ? LossMask.PROMPT : LossMask.ROW)
                        .inMemory(file, RowKeys.standard());
                assertThat(rows.size()).isEqualTo(1);
                assertThat(rows.get(0).tokens()).as(each.row().toString()).isEqualTo(each.tokens());
                assertThat(rows.get(0).targets())
                        .containsExactly(Math.max(1, each.prompt_tokens()), each.tokens().length);
                assertThat(rows.keyCount(0)).isEqualTo(each.row().size());
            }
        }
    }

    @Test
    void aFileKeepsItsOrderThoughManyThreadsWork() throws Exception {
        List<String> lines = IntStream.range(0, 3000)
                .mapToObj(i -> "{\"text\": \"row number " + i + "\"}")
                .toList();
        Path file = Files.write(folder.resolve("train.jsonl"), lines);
        try (var tokenizer = Tokenizer.load(Golden.tokenizer("bytes"))) {
            TokenizedRows rows = new RowTokenizer(tokenizer, LossMask.ROW).inMemory(file, RowKeys.standard());
            assertThat(rows.size()).isEqualTo(3000);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(tokenizer.decode(rows.get(i).tokens(), true)).isEqualTo("row number " + i);
            }
        }
    }

    @Test
    void theFirstBadRowOfTheFileIsReported() throws Exception {
        List<String> lines = new ArrayList<>(List.of("{\"prompt\": \"a\", \"completion\": \"b\"}"));
        lines.add(
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"user\", \"content\": \"b\"}]}");
        lines.add("{\"broken\"");
        Path file = Files.write(folder.resolve("train.jsonl"), lines);
        Path model = folder.resolve("model");
        copy(Golden.tokenizer("bytes"), model);
        Files.writeString(
                model.resolve("chat_template.jinja"),
                "{% for m in messages %}\n{% if not loop.first and m.role == loop.previtem.role %}\n"
                        + "{{ raise_exception('Turns must alternate') }}{% endif %}{% endfor %}");
        try (var tokenizer = Tokenizer.load(model)) {
            assertThatThrownBy(() -> new RowTokenizer(tokenizer, LossMask.ROW).inMemory(file, RowKeys.standard()))
                    .isInstanceOf(RowException.class)
                    .hasMessage(file + ", line 2: is refused by the chat template, line 3: Turns must alternate");
        }
    }

    @Test
    void aTokenizerWithoutChatTemplateSaysWhatToAdd() throws Exception {
        var row = new NumberedRow(Path.of("train.jsonl"), 4, 2, new CompletionRow("a", "b", List.of()));
        try (var tokenizer = Tokenizer.load(Golden.tokenizer("words"))) {
            assertThatThrownBy(() -> new RowTokenizer(tokenizer, LossMask.PROMPT).tokenize(row))
                    .isInstanceOf(RowException.class)
                    .hasMessageStartingWith("train.jsonl, line 4: cannot be tokenized with")
                    .hasMessageContaining("add chat_template.jinja");
        }
    }

    @Test
    void aTextRowNeedsAnEosTokenAndNoMask() throws Exception {
        var row = new NumberedRow(Path.of("train.jsonl"), 1, 1, new TextRow("a"));
        Path model = folder.resolve("model");
        copy(Golden.tokenizer("words"), model);
        Files.delete(model.resolve("special_tokens_map.json"));
        try (var tokenizer = Tokenizer.load(model)) {
            assertThatThrownBy(() -> new RowTokenizer(tokenizer, LossMask.ROW).tokenize(row))
                    .hasMessageContaining("has no eos_token");
            assertThatThrownBy(() -> new RowTokenizer(tokenizer, LossMask.PROMPT).tokenize(row))
                    .hasMessageContaining("no prompt to mask");
        }
    }

    @Test
    void aStoreIsWrittenOnceAndAnewWhenItsOriginChanged() throws Exception {
        Path file = folder.resolve("train.jsonl");
        Files.writeString(
                file, "{\"prompt\": \"a\", \"completion\": \"b\"}\n{\"prompt\": \"c\", \"completion\": \"d\"}\n");
        Path place = folder.resolve("stores").resolve("train.tokens");
        try (var tokenizer = Tokenizer.load(Golden.tokenizer("bytes"))) {
            var plain = new RowTokenizer(tokenizer, LossMask.ROW);
            TokenStore first = plain.stored(file, RowKeys.standard(), place);
            var written = Files.getLastModifiedTime(place);
            TokenStore again = plain.stored(file, RowKeys.standard(), place);
            assertThat(Files.getLastModifiedTime(place)).isEqualTo(written);
            TokenizedRows inMemory = plain.inMemory(file, RowKeys.standard());
            for (int i = 0; i < 2; i++) {
                assertThat(first.get(i).tokens()).isEqualTo(inMemory.get(i).tokens());
                assertThat(again.get(i).tokens()).isEqualTo(inMemory.get(i).tokens());
            }
            TokenStore masked = new RowTokenizer(tokenizer, LossMask.PROMPT).stored(file, RowKeys.standard(), place);
            assertThat(masked.get(1).targets()[0]).isGreaterThan(first.get(1).targets()[0]);
            assertThatThrownBy(() -> TokenStore.open(place, first.origin()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("what is learned (prompt there, row now)");
        }
    }

    @Test
    void rowsOfOneConversationShareNothingWithTheNext() throws Exception {
        List<Map<String, Object>> messages =
                List.of(Map.of("role", "user", "content", "a"), Map.of("role", "assistant", "content", "b"));
        var row = new NumberedRow(Path.of("x"), 1, 1, new ChatRow(messages, List.of()));
        try (var tokenizer = Tokenizer.load(Golden.tokenizer("pieces"))) {
            var rows = new RowTokenizer(tokenizer, LossMask.PROMPT);
            assertThat(rows.tokenize(row).getFirst().tokens())
                    .isEqualTo(rows.tokenize(row).getFirst().tokens());
        }
    }

    private static void copy(Path source, Path target) throws Exception {
        Files.createDirectories(target);
        try (var files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
        }
    }
}
