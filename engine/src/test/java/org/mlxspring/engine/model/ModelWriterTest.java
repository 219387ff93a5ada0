package org.mlxspring.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Quantization.Mode;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.MatrixLayer;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.QuantizedWeight;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of a model that is too large for one, and the memory that writing takes. */
class ModelWriterTest {

    private static final Fixture LLAMA = new Fixture("llama");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void cutsAModelWhereMlxLmDoes() throws IOException {
        JsonNode golden =
                json(Path.of("src/test/resources/convert/expected.json")).path("shards");
        Path target = folder.resolve("sharded");
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(LLAMA.model());
            List<String> files = new ModelWriter(golden.path("bytes").asLong(), tensor -> {})
                    .save(model, ModelConfig.read(LLAMA.model()), LLAMA.model(), target);
            assertThat(files).contains("model-00001-of-0000%s.safetensors".formatted(count(golden)));
            assertThat(json(target.resolve("model.safetensors.index.json")).path("weight_map"))
                    .isEqualTo(golden.path("weight_map"));
            for (Path file : Weights.files(target)) {
                assertThat(Safetensors.load(file).values().stream()
                                .mapToLong(Array::bytes)
                                .sum())
                        .isLessThanOrEqualTo(Math.max(golden.path("bytes").asLong(), 131_072));
            }
            Array tokens = Array.of(new int[] {3, 1, 4, 1, 5}, 1, 5);
            assertThat(ModelRegistry.load(target).logits(tokens).toFloats())
                    .isEqualTo(model.logits(tokens).toFloats());
        }
    }

    private static String count(JsonNode golden) {
        return String.valueOf(golden.path("weight_map").valueStream().distinct().count());
    }

    @Test
    void holdsOneFileInMemory() {
        long whole = 0;
        try (Scope results = Scope.open()) {
            LanguageModel model;
            try (Scope sources = Scope.open()) {
                model = ModelRegistry.load(LLAMA.model());
                for (Parameter parameter : model.parameters().values()) {
                    whole += parameter.value().bytes();
                }
                for (MatrixLayer layer : model.matrixLayers().values()) {
                    layer.setWeight(QuantizedWeight.of(
                            Mode.AFFINE.standard(), layer.weight().dense()));
                }
                model.parameters().values().forEach(parameter -> sources.keep(parameter.value()));
            }
            long before = Mlx.activeMemory();
            Mlx.resetPeakMemory();
            new ModelWriter(20_000, Array::close)
                    .save(model, ModelConfig.read(LLAMA.model()), LLAMA.model(), folder.resolve("new"));
            // A file, and the largest matrix (512 x 64 floats) with what packing it takes.
            assertThat(Mlx.peakMemory() - before)
                    .isLessThan(20_000 + 2 * 131_072)
                    .isLessThan(whole / 2);
        }
    }

    @Test
    void leavesNothingHalfWritten() throws IOException {
        Path target = folder.resolve("model");
        Files.createDirectories(target);
        Files.writeString(target.resolve("mine.txt"), "");
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(LLAMA.model());
            ModelConfig config = ModelConfig.read(LLAMA.model());
            assertThatThrownBy(() -> ModelWriter.write(model, config, LLAMA.model(), target))
                    .hasMessageContaining("is not empty");
            assertThatThrownBy(() -> ModelWriter.write(model, config, folder.resolve("none"), folder.resolve("other")))
                    .hasMessageContaining("could not be written");
        }
        assertThat(folder.toFile().list()).containsExactly("model");
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }
}
