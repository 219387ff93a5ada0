package org.mlxspring.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;

class ModelRegistryTest {

    private static final Fixture LLAMA = new Fixture("llama");

    @TempDir
    Path folder;

    @Test
    void loadsShardsAsOneModel() throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Array> all = Safetensors.load(LLAMA.model().resolve("model.safetensors"));
            Map<String, Array> first = new HashMap<>(all);
            Map<String, Array> second = new HashMap<>(all);
            first.keySet().removeIf(name -> name.hashCode() % 2 == 0);
            second.keySet().removeAll(first.keySet());
            Safetensors.save(folder.resolve("model-00001-of-00002.safetensors"), first, Map.of());
            Safetensors.save(folder.resolve("model-00002-of-00002.safetensors"), second, Map.of());
            Files.copy(LLAMA.model().resolve("config.json"), folder.resolve("config.json"));
            assertThat(logits(folder)).isEqualTo(logits(LLAMA.model()));
        }
    }

    @Test
    void halfPrecisionWeightsGiveNearlyTheSameLogits() throws IOException {
        for (DType type : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
            try (Scope scope = Scope.open()) {
                Map<String, Array> all =
                        new HashMap<>(Safetensors.load(LLAMA.model().resolve("model.safetensors")));
                all.replaceAll((name, array) -> array.astype(type));
                Path half = Files.createDirectories(folder.resolve(type.name()));
                Safetensors.save(half.resolve("model.safetensors"), all, Map.of());
                Files.copy(LLAMA.model().resolve("config.json"), half.resolve("config.json"));
                assertThat(ModelRegistry.load(half).logits(tokens()).dtype()).isEqualTo(type);
                assertThat(logits(half)).containsExactly(logits(LLAMA.model()), within(0.15f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llama3 | \"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1.0,"
                        + " \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 64",
                "linear | \"type\": \"linear\", \"factor\": 4.0"
            })
    void ropeScalingIsThatOfMlxLm(String name, String scaling) throws IOException {
        writeConfig(config().replaceFirst("\\{", "{\"rope_scaling\": {" + scaling + "}, "));
        Path golden = Path.of("src/test/resources/rope/" + name + ".safetensors");
        try (Scope scope = Scope.open()) {
            assertThat(logits(folder))
                    .containsExactly(Safetensors.load(golden).get("logits").toFloats(), within(1e-3f));
            assertThat(logits(folder)).isNotEqualTo(logits(LLAMA.model()));
        }
    }

    @Test
    void namesWhatIsWrongWithAFolder() throws IOException {
        assertThatThrownBy(() -> ModelRegistry.load(folder.resolve("none"))).hasMessageContaining("no model folder");
        assertThatThrownBy(() -> ModelRegistry.load(folder)).hasMessageContaining("config.json is missing");
        writeConfig("{\"model_type\": \"mamba\"}");
        assertThatThrownBy(() -> ModelRegistry.load(folder))
                .hasMessageContaining("'mamba'")
                .hasMessageContaining("supported are " + String.join(", ", ModelRegistry.supported()));
        writeConfig(config().replace("\"hidden_size\": 64", "\"hidden_size\": 32"));
        assertThatThrownBy(() -> load()).hasMessageContaining("has the shape");
        writeConfig(config().replace("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 5"));
        assertThatThrownBy(() -> load()).hasMessageContaining("lack model.layers.4.");
        writeConfig(config().replace("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 3"));
        assertThatThrownBy(() -> load()).hasMessageContaining("tensors that a model of this config.json does not have");
        writeConfig(config().replace("\"num_hidden_layers\": 4", "\"num_hidden_layers\": \"four\""));
        assertThatThrownBy(() -> load())
                .hasMessageContaining("num_hidden_layers is \"four\"; it must be a whole number");
        writeConfig(config());
        byte[] weights = Files.readAllBytes(LLAMA.model().resolve("model.safetensors"));
        Files.write(folder.resolve("model.safetensors"), Arrays.copyOf(weights, 1000));
        assertThatThrownBy(() -> load()).hasMessageContaining("not a complete safetensors file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hidden_size\": 0 | hidden_size is 0; it must be at least 1",
                "\"num_key_value_heads\": 3 | num_key_value_heads is 3; it must divide num_attention_heads, which is 4",
                "\"rms_norm_eps\": \"small\" | rms_norm_eps is \"small\"; it must be a number",
                "\"tie_word_embeddings\": 1 | tie_word_embeddings is 1; it must be true or false",
                "\"rope_scaling\": {\"type\": \"spiral\"} | config.json, rope_scaling: the rope type 'spiral' is not"
                        + " supported; supported are default, linear, dynamic, llama3, yarn and longrope",
                "\"rope_scaling\": {\"type\": \"yarn\"} | config.json, rope_scaling: factor is missing",
                "\"rope_scaling\": \"yarn\" | rope_scaling is \"yarn\"; it must be an object",
                "\"rope_scaling\": {\"type\": \"longrope\", \"long_factor\": [1.0, 2.0],"
                        + " \"original_max_position_embeddings\": 64} | long_factor is [1.0,2.0]; it must be a list of",
                "\"layer_types\": [\"sliding_attention\"] | layer_types is [\"sliding_attention\"]; it must be a list"
                        + " of 4 texts, one per layer, each 'full_attention' or 'sliding_attention'",
                "\"layer_types\": [\"full_attention\", \"full_attention\", \"full_attention\", \"sliding_attention\"]"
                        + " | sliding_window is missing; it must be a whole number",
            })
    void namesTheValueThatIsWrong(String value, String message) throws IOException {
        String key = value.substring(0, value.indexOf(':'));
        writeConfig(config().replaceFirst("(?m)^\\s*" + key + ": [^,{\\n]*,?$", "")
                .replaceFirst("\\{", "{" + value + ", "));
        assertThatThrownBy(() -> load()).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    private void load() {
        try (Scope scope = Scope.open()) {
            ModelRegistry.load(folder);
        }
    }

    private void writeConfig(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
        if (!Files.exists(folder.resolve("model.safetensors"))) {
            Files.copy(LLAMA.model().resolve("model.safetensors"), folder.resolve("model.safetensors"));
        }
    }

    private static String config() throws IOException {
        return Files.readString(LLAMA.model().resolve("config.json"));
    }

    private static Array tokens() {
        return Array.of(LLAMA.ints(LLAMA.expected().path("prompt_ids").get(0)), 1, 24);
    }

    private static float[] logits(Path model) {
        return ModelRegistry.load(model).logits(tokens()).toFloats();
    }
}
