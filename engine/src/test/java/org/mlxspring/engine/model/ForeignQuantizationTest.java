package org.mlxspring.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other software says of packed weights. */
class ForeignQuantizationTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path GOLDENS = Path.of("src/test/resources/convert");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'quant_method':'mxfp4' | 32 4 mxfp4",
                "'quant_method':'mxfp8' | 32 8 mxfp8",
                "'quant_method':'fp8','scale_fmt':'ue8m0','weight_block_size':[32,32] | 32 8 mxfp8",
                "'quant_method':'compressed-tensors','format':'nvfp4-pack-quantized' | 16 4 nvfp4",
                "'quant_method':'compressed-tensors','format':'mxfp4-pack-quantized' | 32 4 mxfp4",
                "'quant_method':'compressed-tensors','format':'pack-quantized' | 32 4 affine",
                "'quant_method':'modelopt','quant_algo':'NVFP4','group_size':16 | 16 4 nvfp4",
                "'quantization':{'quant_algo':'NVFP4'} | 16 4 nvfp4",
                "'quant_method':'gptq','group_size':64 | 64 4",
            })
    void readsWhatMlxLmReads(String foreign, String expected) throws IOException {
        JsonNode read = read(foreign).json().path("quantization");
        assertThat(String.join(" ", read.valueStream().map(JsonNode::asString).toList()))
                .isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'quant_method':'bitnet' | 'bitnet'",
                "'quant_method':'compressed-tensors','format':'float-quantized' | 'float-quantized'",
                "'quant_method':'modelopt','quant_algo':'FP8' | 'FP8'",
                "'quant_method':'awq','bits':8 | awq with 8 bits",
            })
    void namesWhatItCannotRead(String foreign, String named) {
        assertThatThrownBy(() -> read(foreign))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(named.strip())
                .hasMessageContaining("Use the original model");
    }

    @Test
    void namesAMethodWhoseWeightsDoNotFit() throws IOException {
        Path model = copy(Map.of("model.layers.0.mlp.up_proj.weight.absmax", "model.norm.weight"));
        Files.writeString(
                model.resolve("config.json"),
                Files.readString(model.resolve("config.json"))
                        .replaceFirst("\\{", "{\"quantization_config\": {\"quant_method\": \"bitsandbytes\"},"));
        try (Scope scope = Scope.open()) {
            assertThatThrownBy(() -> ModelRegistry.load(model))
                    .hasMessageContaining("packed by 'bitsandbytes', which is not supported; use the original model")
                    .hasMessageContaining("absmax");
        }
    }

    @Test
    void unpacksAwqToMlxLmsLogits() throws IOException {
        JsonNode golden = JSON.readTree(Files.readString(GOLDENS.resolve("expected.json")));
        float[] expected = new float[32];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) golden.path("awq_logits").path(i).asDouble();
        }
        try (Scope scope = Scope.open()) {
            Array tokens = Array.of(new int[] {3, 1, 4, 1, 5, 9, 2, 6}, 1, 8);
            float[] last = ModelRegistry.load(GOLDENS.resolve("awq"))
                    .logits(tokens)
                    .slice(1, 7, 8)
                    .slice(2, 0, 32)
                    .toFloats();
            assertThat(last).containsExactly(expected, within(2e-2f));
        }
    }

    @Test
    void refusesPermutedColumns() throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Array> tensors =
                    new HashMap<>(Safetensors.load(GOLDENS.resolve("awq").resolve("model.safetensors")));
            tensors.put("model.layers.0.mlp.up_proj.g_idx", Array.of(new int[] {0, 1}, 2));
            assertThatThrownBy(() -> AwqWeights.repack(tensors)).hasMessageContaining("act-order");
        }
    }

    private ModelConfig read(String foreign) throws IOException {
        String quantization = "{" + foreign.strip().replace('\'', '"') + "}";
        boolean apart = foreign.startsWith("'quantization'");
        Files.writeString(
                folder.resolve("config.json"),
                apart ? "{\"model_type\": \"llama\"}" : "{\"quantization_config\": " + quantization + "}");
        if (apart) {
            Files.writeString(folder.resolve("hf_quant_config.json"), quantization);
        }
        return ModelConfig.read(folder);
    }

    private Path copy(Map<String, String> added) throws IOException {
        Path source = new Fixture("llama").model();
        try (Scope scope = Scope.open();
                Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
            Map<String, Array> tensors = new HashMap<>(Safetensors.load(source.resolve("model.safetensors")));
            added.forEach((name, like) -> tensors.put(name, tensors.get(like)));
            Safetensors.save(folder.resolve("model.safetensors"), tensors, Map.of());
        }
        return folder;
    }
}
