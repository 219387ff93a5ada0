package org.mlxspring.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One model in the several ways in which mlx-lm and Hugging Face transformers write its configuration and weights. */
class ConfigurationStylesTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "glm4",
                "granite",
                "llama-rope-dynamic",
                "llama-rope-yarn",
                "olmo2",
                "phi3",
                "phi3-longrope",
                "qwen2",
                "qwen3",
                "smollm3"
            })
    void ropeParametersSayTheSameAsTheOlderKeys(String name) {
        Fixture fixture = new Fixture(name);
        float[] older = logits(fixture.model());
        link(fixture, config -> {
            ObjectNode parameters = config.path("rope_scaling") instanceof ObjectNode scaling
                    ? scaling
                    : config.objectNode().put("rope_type", "default");
            if (parameters.has("type")) {
                parameters.set("rope_type", parameters.remove("type"));
            }
            for (String key : List.of("rope_theta", "partial_rotary_factor", "original_max_position_embeddings")) {
                if (config.has(key)) {
                    parameters.set(key, config.remove(key));
                }
            }
            config.remove("rope_scaling");
            config.set("rope_parameters", parameters);
        });

        assertThat(apart(logits(folder), older)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ropeParametersOfEachTypeOfLayersSayTheSameAsTheOlderKeys(boolean scaled) {
        Fixture fixture = new Fixture("gemma3_text");
        Consumer<ObjectNode> thetas =
                config -> config.put("rope_theta", 50_000.0).put("rope_local_base_freq", 500.0);
        link(fixture, config -> {
            thetas.accept(config);
            if (scaled) {
                config.putObject("rope_scaling").put("rope_type", "linear").put("factor", 8.0);
            }
        });
        float[] older = logits(folder);
        assertThat(apart(older, logits(fixture.model()))).isPositive();

        link(fixture, config -> {
            ObjectNode parameters = config.putObject("rope_parameters");
            ObjectNode full = parameters.putObject("full_attention").put("rope_theta", 50_000.0);
            full.put("rope_type", scaled ? "linear" : "default");
            if (scaled) {
                full.put("factor", 8.0);
            }
            parameters.putObject("sliding_attention").put("rope_theta", 500.0).put("rope_type", "default");
            config.remove("sliding_window_pattern");
            config.putArray("layer_types")
                    .add("sliding_attention")
                    .add("full_attention")
                    .add("sliding_attention")
                    .add("full_attention");
        });
        assertThat(apart(logits(folder), older)).isZero();
    }

    @Test
    void theOlderKeysGoFirst() {
        Fixture fixture = new Fixture("llama");
        link(fixture, config -> config.putObject("rope_parameters").put("rope_theta", 77.0));
        assertThat(apart(logits(folder), logits(fixture.model()))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemma", "granite", "qwen2", "smollm3"})
    void whatHuggingFaceStoresBesideATiedModelIsLeftOut(String name) {
        Fixture fixture = new Fixture(name);
        try (Scope scope = Scope.open()) {
            Map<String, Array> tensors = tensors(fixture);
            assertThat(tensors).doesNotContainKey("lm_head.weight");
            tensors.put("lm_head.weight", tensors.get("model.embed_tokens.weight"));
            tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", Array.of(1f));
            link(fixture, config -> {});
            save(tensors);
        }
        assertThat(apart(logits(folder), logits(fixture.model()))).isZero();
    }

    @Test
    void gemma3HasAHeadOfItsOwnWhereOneIsStored() {
        Fixture fixture = new Fixture("gemma3_text");
        link(fixture, config -> {});
        try (Scope scope = Scope.open()) {
            Map<String, Array> tensors = tensors(fixture);
            tensors.remove("lm_head.weight");
            save(tensors);
        }
        float[] tied = logits(folder);
        assertThat(apart(tied, logits(fixture.model()))).isPositive();
        try (Scope scope = Scope.open()) {
            Map<String, Array> tensors = tensors(fixture);
            tensors.put("lm_head.weight", tensors.get("model.embed_tokens.weight"));
            save(tensors);
        }
        assertThat(apart(logits(folder), tied)).isLessThan(1e-5);
    }

    @Test
    void ministral3ScalesWeightsThatComeWithAFactor() {
        Fixture fixture = new Fixture("ministral3");
        String name = "model.layers.1.self_attn.q_proj";
        try (Scope scope = Scope.open()) {
            Map<String, Array> tensors = tensors(fixture);
            tensors.computeIfPresent(name + ".weight", (key, weight) -> weight.divide(2));
            tensors.put(name + ".weight_scale_inv", Array.of(2f));
            tensors.put(name + ".activation_scale", Array.of(3f));
            link(fixture, config -> {});
            save(tensors);
        }
        assertThat(apart(logits(folder), logits(fixture.model()))).isLessThan(1e-5);
    }

    /** The largest difference. */
    private static double apart(float[] first, float[] second) {
        assertThat(first).hasSameSizeAs(second);
        return IntStream.range(0, first.length)
                .mapToDouble(i -> Math.abs(first[i] - second[i]))
                .max()
                .orElseThrow();
    }

    private void save(Map<String, Array> tensors) {
        try {
            Safetensors.save(folder.resolve("model.safetensors"), tensors, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the folder that of a fixture with another configuration. */
    private void link(Fixture fixture, Consumer<ObjectNode> change) {
        try {
            ObjectNode config = (ObjectNode) JSON.readTree(fixture.model().resolve("config.json"));
            change.accept(config);
            Files.writeString(folder.resolve("config.json"), JSON.writeValueAsString(config));
            if (!Files.exists(folder.resolve("model.safetensors"))) {
                Files.copy(fixture.model().resolve("model.safetensors"), folder.resolve("model.safetensors"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Array> tensors(Fixture fixture) {
        try {
            return new HashMap<>(Safetensors.load(fixture.model().resolve("model.safetensors")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] logits(Path model) {
        int[] tokens = IntStream.range(0, 40).map(i -> 3 + i * 7 % 200).toArray();
        try (Scope scope = Scope.open()) {
            return ModelRegistry.load(model)
                    .logits(Array.of(tokens, 1, tokens.length))
                    .toFloats();
        }
    }
}
