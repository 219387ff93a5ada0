package org.mlxspring.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;

/** Experts that are kept apart, as Hugging Face has them, and what is said of folders where they do not fit. */
class ExpertWeightsTest {

    private static final String STACKED = ".switch_mlp.";
    private static final Map<String, String> LETTERS = Map.of("gate_proj", "w1", "down_proj", "w2", "up_proj", "w3");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mixtral", "phimoe-longrope", "qwen2_moe", "qwen3_moe"})
    void expertsApartComputeWhatStackedOnesDo(String name) throws IOException {
        Fixture fixture = new Fixture(name);
        write(fixture, config -> config, tensors -> apart(tensors, fixture));
        assertThat(logits(folder)).containsExactly(logits(fixture.model()));
    }

    @Test
    void packedExpertsAreStackedToo() throws IOException {
        Fixture fixture = new Fixture("mixtral");
        UnaryOperator<String> quantized =
                config -> config.replaceFirst("\\{", "{\"quantization\": {\"group_size\": 64, \"bits\": 4}, ");
        write(fixture, quantized, ExpertWeightsTest::packed);
        float[] stacked = logits(folder);
        assertThat(stacked).isNotEqualTo(logits(fixture.model()));
        write(fixture, quantized, tensors -> apart(packed(tensors), fixture));
        assertThat(logits(folder)).containsExactly(stacked);
    }

    @Test
    void namesAnExpertThatIsMissing() throws IOException {
        Fixture fixture = new Fixture("mixtral");
        String prefix = "model.layers.1.block_sparse_moe.experts.";
        for (String missing : new String[] {"0.w1.weight", "2.w3.weight"}) {
            write(fixture, config -> config, tensors -> {
                Map<String, Array> some = apart(tensors, fixture);
                some.remove(prefix + missing);
                return some;
            });
            assertThatThrownBy(() -> logits(folder))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("lack " + prefix + missing + "; config.json asks for ")
                    .hasMessageEndingWith(" experts.");
        }
    }

    @Test
    void namesCountsThatDoNotFit() throws IOException {
        Fixture fixture = new Fixture("mixtral");
        int experts = ModelConfig.read(fixture.model()).requiredInt("num_local_experts");
        write(fixture, config -> with(config, "num_local_experts", experts + 1), tensors -> apart(tensors, fixture));
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("lack model.layers.0.block_sparse_moe.experts." + experts + ".w1.weight;"
                        + " config.json asks for " + (experts + 1) + " experts.");
        write(fixture, config -> with(config, "num_local_experts", experts - 1), tensors -> apart(tensors, fixture));
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("block_sparse_moe.gate.weight has the shape [" + experts + ", ");
        write(fixture, config -> with(config, "num_experts_per_tok", experts + 1), tensors -> tensors);
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "num_experts_per_tok is " + (experts + 1) + ", but num_local_experts is " + experts);
    }

    private static String with(String config, String key, int value) {
        return config.replaceFirst("\"" + key + "\": *\\d+", "\"" + key + "\": " + value);
    }

    private void write(Fixture fixture, UnaryOperator<String> config, UnaryOperator<Map<String, Array>> tensors)
            throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                config.apply(Files.readString(fixture.model().resolve("config.json"))));
        try (Scope scope = Scope.open()) {
            Map<String, Array> stored = Safetensors.load(fixture.model().resolve("model.safetensors"));
            Safetensors.save(folder.resolve("model.safetensors"), tensors.apply(new LinkedHashMap<>(stored)), Map.of());
        }
    }

    /** The names that Hugging Face has: {@code w1} to {@code w3} under {@code block_sparse_moe}. */
    private static Map<String, Array> apart(Map<String, Array> stacked, Fixture fixture) {
        Map<String, Array> apart = new LinkedHashMap<>();
        boolean letters = !fixture.name().startsWith("qwen");
        stacked.forEach((name, tensor) -> {
            if (!name.contains(STACKED)) {
                apart.put(name, tensor);
                return;
            }
            String moe = name.substring(0, name.indexOf(STACKED));
            String[] part = name.substring(moe.length() + STACKED.length()).split("\\.");
            String projection = letters ? LETTERS.get(part[0]) : part[0];
            for (int i = 0; i < tensor.dim(0); i++) {
                apart.put(
                        moe + ".experts." + i + "." + projection + "." + part[1],
                        tensor.slice(0, i, i + 1).squeeze(0));
            }
        });
        return apart;
    }

    private static Map<String, Array> packed(Map<String, Array> plain) {
        Quantization format = Quantization.Mode.AFFINE.standard();
        Map<String, Array> packed = new LinkedHashMap<>();
        plain.forEach((name, tensor) -> {
            if (!name.contains(STACKED)) {
                packed.put(name, tensor);
                return;
            }
            Quantization.Packed parts = format.pack(tensor);
            String path = name.substring(0, name.lastIndexOf('.'));
            packed.put(path + ".weight", parts.values());
            packed.put(path + ".scales", parts.scales());
            packed.put(path + ".biases", parts.biases().orElseThrow());
        });
        return packed;
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
