package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.text.Tokenizer;
import tools.jackson.databind.JsonNode;

/** The first row of each reference run has the ids and the prompt tokens that mlx-lm gave it. */
class FixtureRowsTest {

    @ParameterizedTest
    @ValueSource(strings = {"llama", "mistral", "qwen2", "llama-masked"})
    void theFirstRowIsMlxLms(String name) throws Exception {
        Path fixture =
                Path.of(FixtureRowsTest.class.getResource("/fixtures/" + name).toURI());
        JsonNode expected = Golden.JSON
                .readTree(Files.readString(fixture.resolve("expected.json")))
                .get("first_row");
        try (var tokenizer = Tokenizer.load(fixture.resolve("model"))) {
            var rows = new RowTokenizer(tokenizer, name.equals("llama-masked") ? LossMask.PROMPT : LossMask.ROW)
                    .inMemory(new DataFolder(fixture.resolve("data")).require(Split.TRAIN), RowKeys.standard());
            assertThat(rows.get(0).tokens())
                    .isEqualTo(Golden.JSON.convertValue(expected.get("token_ids"), int[].class));
            assertThat(rows.get(0).targets())
                    .containsExactly(Math.max(1, expected.get("prompt_tokens").asInt()), rows.length(0));
        }
    }
}
