package org.mlxspring.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.generate.Generator;
import org.mlxspring.engine.model.Fixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the perplexity against {@code mlx_lm.perplexity}; the expectations are made by make_perplexity.py. */
class PerplexityTest {

    private static final Fixture LLAMA = new Fixture("llama");

    @Test
    void valueAndErrorAreThoseOfMlxLm() throws Exception {
        JsonNode cases;
        try (InputStream in = PerplexityTest.class.getResourceAsStream("/evaluate/perplexity.json")) {
            cases = new JsonMapper().readTree(in);
        }
        try (Generator loaded = Generator.load(LLAMA.model(), Optional.empty())) {
            for (JsonNode each : cases) {
                Perplexity result = Perplexity.of(
                        loaded.model(),
                        rows(loaded, each.path("data").asString()),
                        new Perplexity.Settings(
                                each.path("sequence_length").asInt(),
                                each.path("num_samples").asInt(),
                                each.path("batch_size").asInt(),
                                each.path("seed").asLong()),
                        done -> {});
                double value = each.path("perplexity").asDouble();
                assertThat(result.value()).isEqualTo(value, within(1e-5 * value));
                double error = each.path("standard_error").asDouble();
                assertThat(result.standardError()).isEqualTo(error, within(1e-4 * error));
                assertThat(result.sequences()).isEqualTo(each.path("sequences").asInt());
            }
        }
    }

    @Test
    void allSamplesAreThoseThatTheRowsMake() {
        try (Generator loaded = Generator.load(LLAMA.model(), Optional.empty())) {
            TokenizedRows rows = rows(loaded, "valid.jsonl");
            int tokens = 0;
            for (int i = 0; i < rows.size(); i++) {
                tokens += rows.length(i);
            }
            Perplexity all = Perplexity.of(loaded.model(), rows, new Perplexity.Settings(16, -1, 3, 1), done -> {});
            assertThat(all.sequences()).isEqualTo(tokens / 16);
            assertThat(all.tokens()).isEqualTo(tokens / 16 * 16);
            Perplexity.Settings tooLong = new Perplexity.Settings(tokens + 1, -1, 1, 0);
            assertThatThrownBy(() -> Perplexity.of(loaded.model(), rows, tooLong, done -> {}))
                    .hasMessage("The rows have " + tokens + " tokens, fewer than one sequence of " + (tokens + 1)
                            + "; give a smaller --sequence-length, or more rows.");
        }
    }

    private static TokenizedRows rows(Generator loaded, String file) {
        return new RowTokenizer(loaded.tokenizer(), LossMask.ROW)
                .inMemory(LLAMA.data().resolve(file), RowKeys.standard());
    }
}
