package org.mlxspring.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds rotating, packed and stored caches and drafts against mlx-lm's; the tokens are made by make_caches.py. */
class CacheParityTest {

    @Test
    void aBoundedCacheGivesTheTokensOfMlxLm() throws Exception {
        sameTokens(golden().path("rotating"));
    }

    @Test
    void aPackedCacheGivesTheTokensOfMlxLm() throws Exception {
        sameTokens(golden().path("packed"));
    }

    @Test
    void aStoredCacheGivesTheTokensOfMlxLm() throws Exception {
        sameTokens(golden().path("stored"));
        assertThat(new StoredCaches(resource("cache-plain.safetensors")).model())
                .contains("qwen3");
    }

    @Test
    void aDraftGivesTheTokensOfMlxLmInAsFewSteps() throws Exception {
        long before = Scope.liveHandles();
        for (Map.Entry<String, List<JsonNode>> of : byModel(golden().path("drafted"))) {
            Fixture small =
                    new Fixture(of.getValue().getFirst().path("draft_model").asString());
            try (Generator generator = Generator.load(new Fixture(of.getKey()).model(), Optional.empty());
                    Generator guesser = Generator.load(small.model(), Optional.empty())) {
                for (JsonNode each : of.getValue()) {
                    sameTokensInAsFewSteps(generator, guesser, each);
                }
            }
        }
        assertThat(Scope.liveHandles()).isEqualTo(before);
    }

    private static void sameTokensInAsFewSteps(Generator generator, Generator guesser, JsonNode given)
            throws Exception {
        int[] tokens = ints(given.path("tokens"));
        int[] prompt = ints(given.path("prompt"));
        Draft draft = new Draft(guesser.model(), given.path("num_draft_tokens").asInt());
        GenerateSettings settings = settings(given, tokens.length);
        try (Scope generation = Scope.open()) {
            SpeculativeSteps steps = new SpeculativeSteps(generator.model(), draft, settings, prompt, generation);
            List<Integer> said = new ArrayList<>();
            while (said.size() < tokens.length) {
                IntStream.of(steps.next(tokens.length - said.size())).forEach(said::add);
            }
            assertThat(said)
                    .as(given.toString())
                    .containsExactlyElementsOf(IntStream.of(tokens).boxed().toList());
            // The last step may add no token of its own, where what was guessed reaches the limit.
            int own = tokens.length - given.path("from_draft").asInt();
            assertThat(steps.largeSteps()).as(given.toString()).isBetween(own, own + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llama, llama-4bit",
        "llama-sliding, gpt_oss-yarn",
        "gemma2, llama-4bit",
        "gpt_oss-yarn, gpt_oss-yarn",
        "qwen3_moe, qwen3"
    })
    void withADraftTheGreedyTextIsThatWithout(String name, String small) {
        Fixture fixture = new Fixture(name);
        int[] prompt = fixture.ints(fixture.expected().path("prompt_ids").get(1));
        try (Generator generator = Generator.load(fixture.model(), Optional.empty());
                Generator guesser = Generator.load(new Fixture(small).model(), Optional.empty())) {
            Penalties penalties =
                    new Penalties(Optional.of(new Penalties.Penalty(1.3, 6)), Optional.empty(), Optional.empty());
            for (Penalties each : new Penalties[] {Penalties.NONE, penalties}) {
                GenerateSettings settings = new GenerateSettings(30, SamplerSettings.GREEDY, each, 2048);
                int[] alone = generator
                        .generate(prompt, settings, Set.of(), token -> true)
                        .tokens();
                assertThat(generator
                                .generate(prompt, new Draft(guesser.model(), 4), settings, Set.of(), token -> true)
                                .tokens())
                        .containsExactly(alone);
                assertThat(generator
                                .generate(prompt, new Draft(guesser.model(), 4), settings, Set.of(alone[9]), t -> true)
                                .tokens())
                        .doesNotContain(alone[9]);
            }
        }
    }

    /** mlx-lm packs no caches of models with windows, so the text is held against the one with plain caches. */
    @Test
    void eightBitsAndWindowsGoTogether() {
        Fixture fixture = new Fixture("gemma3_text");
        int[] prompt = fixture.ints(fixture.expected().path("prompt_ids").get(1));
        CacheSettings packed =
                new CacheSettings(OptionalInt.empty(), Optional.of(new KeyPacking(8, 32, 0)), Optional.empty());
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            GenerateSettings settings = new GenerateSettings(8, SamplerSettings.GREEDY, Penalties.NONE, 5, packed);
            assertThat(generator
                            .generate(prompt, settings, Set.of(), token -> true)
                            .tokens())
                    .containsExactly(generator
                            .generate(prompt, 8, SamplerSettings.GREEDY, Set.of(), token -> true)
                            .tokens());
        }
    }

    @Test
    void whatDoesNotGoTogetherIsNamed() {
        KeyPacking packing = new KeyPacking(8, 32, 0);
        refused("gpt_oss-yarn", OptionalInt.empty(), packing)
                .hasMessageStartingWith("kv_bits cannot be used with this model: its attention with sinks");
        refused("gemma2", OptionalInt.empty(), packing)
                .hasMessageStartingWith("kv_bits cannot be used with this model: its attention with capped scores");
        refused("qwen3", OptionalInt.of(16), packing)
                .hasMessageStartingWith("max_kv_size and kv_bits do not go together");
        refused("qwen3", OptionalInt.empty(), new KeyPacking(8, 64, 0))
                .hasMessage(
                        "kv_group_size is 64; a head of this model has 32 features, which must be a multiple of it.");
        assertThatThrownBy(() -> new KeyPacking(7, 64, 0)).hasMessage("kv_bits is 7.0; it must be 2, 3, 4, 5, 6 or 8.");
        assertThatThrownBy(() -> new CacheSettings(OptionalInt.of(4), Optional.empty(), Optional.empty()))
                .hasMessage("max_kv_size is 4.0; it must be at least 5, since the first four tokens stay.");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(
            String model, OptionalInt size, KeyPacking packing) {
        Fixture fixture = new Fixture(model);
        CacheSettings caches = new CacheSettings(size, Optional.of(packing), Optional.empty());
        GenerateSettings settings = new GenerateSettings(5, SamplerSettings.GREEDY, Penalties.NONE, 2048, caches);
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            return assertThatThrownBy(() -> generator.generate(new int[] {5, 6}, settings, Set.of(), token -> true));
        }
    }

    private static void sameTokens(JsonNode cases) throws Exception {
        assertThat(cases).isNotEmpty();
        long before = Scope.liveHandles();
        for (Map.Entry<String, List<JsonNode>> of : byModel(cases)) {
            try (Generator generator = Generator.load(new Fixture(of.getKey()).model(), Optional.empty())) {
                for (JsonNode each : of.getValue()) {
                    int[] tokens = ints(each.path("tokens"));
                    GenerateSettings settings = settings(each, tokens.length);
                    assertThat(generator
                                    .generate(ints(each.path("prompt")), settings, Set.of(), token -> true)
                                    .tokens())
                            .as(each.toString())
                            .containsExactly(tokens);
                }
            }
        }
        assertThat(Scope.liveHandles()).isEqualTo(before);
    }

    private static Set<Map.Entry<String, List<JsonNode>>> byModel(JsonNode cases) {
        return cases.valueStream()
                .collect(Collectors.groupingBy(each -> each.path("model").asString()))
                .entrySet();
    }

    private static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static GenerateSettings settings(JsonNode given, int tokens) throws Exception {
        OptionalInt size = given.has("max_kv_size")
                ? OptionalInt.of(given.path("max_kv_size").asInt())
                : OptionalInt.empty();
        Optional<KeyPacking> packing = given.has("kv_bits")
                ? Optional.of(new KeyPacking(
                        given.path("kv_bits").asInt(),
                        given.path("kv_group_size").asInt(),
                        given.path("quantized_kv_start").asInt()))
                : Optional.empty();
        Optional<Path> stored =
                given.has("file") ? Optional.of(resource(given.path("file").asString())) : Optional.empty();
        return new GenerateSettings(
                tokens,
                new SamplerSettings(given.path("temp").asDouble(0), 0, 0, 1, 0, Optional.empty(), 7),
                Penalties.NONE,
                given.path("prefill_step_size").asInt(),
                new CacheSettings(size, packing, stored));
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = CacheParityTest.class.getResourceAsStream("/generate/caches.json")) {
            return new JsonMapper().readTree(in);
        }
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(CacheParityTest.class.getResource("/generate/" + name))
                .toURI());
    }
}
