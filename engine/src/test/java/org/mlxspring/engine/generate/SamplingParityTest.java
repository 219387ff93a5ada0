package org.mlxspring.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.generate.Penalties.Penalty;
import org.mlxspring.engine.model.Fixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds samplers and penalties against mlx-lm's, draw by draw; the tokens are made by make_sampling.py. */
class SamplingParityTest {

    private static final Fixture LLAMA = new Fixture("llama");

    @Test
    void theTokensAreThoseOfMlxLmForTheSameSeed() throws IOException {
        JsonNode golden = golden();
        int[] prompt = LLAMA.ints(golden.path("prompt"));
        long before = Scope.liveHandles();
        try (Generator generator = Generator.load(LLAMA.model(), Optional.empty())) {
            for (JsonNode each : golden.path("cases")) {
                int[] tokens = LLAMA.ints(each.path("tokens"));
                GenerateSettings settings = new GenerateSettings(
                        tokens.length,
                        sampler(each.path("sampler"), each.path("seed").asLong()),
                        penalties(each.path("penalty")),
                        8);
                assertThat(generator
                                .generate(prompt, settings, Set.of(), token -> true)
                                .tokens())
                        .as(each.path("sampler") + " " + each.path("penalty") + " " + each.path("seed"))
                        .containsExactly(tokens);
            }
        }
        assertThat(Scope.liveHandles()).isEqualTo(before);
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new Xtc(0.5, 0.6, Set.of()))
                .hasMessage("xtc_threshold is 0.6; it must be between 0 and 0.5.");
        assertThatThrownBy(() -> new SamplerSettings(1, 0, 0, 0, 0, Optional.empty(), 0))
                .hasMessage("min_tokens_to_keep is 0.0; it must be at least 1.");
        assertThatThrownBy(() -> new Penalties(Optional.of(new Penalty(-1, 20)), Optional.empty(), Optional.empty()))
                .hasMessage("repetition_penalty is -1.0; it must be above 0; 1 changes nothing.");
    }

    private static SamplerSettings sampler(JsonNode given, long seed) {
        Optional<Xtc> xtc = given.has("xtc_probability")
                ? Optional.of(new Xtc(
                        given.path("xtc_probability").asDouble(),
                        given.path("xtc_threshold").asDouble(),
                        given.path("xtc_special_tokens")
                                .valueStream()
                                .map(JsonNode::asInt)
                                .collect(Collectors.toSet())))
                : Optional.empty();
        return new SamplerSettings(
                given.path("temp").asDouble(),
                given.path("top_p").asDouble(0),
                given.path("min_p").asDouble(0),
                given.path("min_tokens_to_keep").asInt(1),
                given.path("top_k").asInt(0),
                xtc,
                seed);
    }

    private static Penalties penalties(JsonNode given) {
        return new Penalties(penalty(given, "repetition"), penalty(given, "presence"), penalty(given, "frequency"));
    }

    private static Optional<Penalty> penalty(JsonNode given, String name) {
        return given.has(name + "_penalty")
                ? Optional.of(new Penalty(
                        given.path(name + "_penalty").asDouble(),
                        given.path(name + "_context_size").asInt(Penalties.DEFAULT_CONTEXT)))
                : Optional.empty();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = SamplingParityTest.class.getResourceAsStream("/generate/sampling.json")) {
            return new JsonMapper().readTree(in);
        }
    }
}
