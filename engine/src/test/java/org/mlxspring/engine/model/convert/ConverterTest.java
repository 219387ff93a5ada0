package org.mlxspring.engine.model.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Quantization.Mode;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.model.convert.ConvertSpec.Change;
import tools.jackson.databind.JsonNode;

/** Every tensor bit for bit, {@code config.json} and the index are those of mlx-lm's convert. */
class ConverterTest {

    @TempDir
    Path folder;

    static Stream<String> cases() throws IOException {
        return Golden.all().path("cases").propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void convertsAsMlxLmDoes(String name) throws Exception {
        JsonNode golden = Golden.all().path("cases").path(name);
        Path target = folder.resolve("target");
        Conversion done =
                Converter.run(spec(Golden.source(golden.path("source").asString()), target, golden.path("options")));
        assertThat(done.files()).contains("config.json", "model.safetensors", "tokenizer.json");
        assertThat(Golden.json(target.resolve("config.json"))).isEqualTo(golden.path("config"));
        JsonNode index =
                Golden.json(target.resolve("model.safetensors.index.json")).path("metadata");
        assertThat(index.path("total_size")).isEqualTo(golden.path("index").path("total_size"));
        // mlx-lm's count leaves out the attention sinks of gpt_oss.
        long sinks = golden.path("source").asString().startsWith("gpt_oss") ? 8 : 0;
        assertThat(index.path("total_parameters").asLong() - sinks)
                .isEqualTo(golden.path("index").path("total_parameters").asLong());
        assertThat(Golden.digest(target)).isEqualTo(golden.path("digest").asString());
        try (Scope scope = Scope.open()) {
            assertThat(ModelRegistry.load(target).layers()).isNotEmpty();
        }
    }

    private static ConvertSpec spec(Path source, Path target, JsonNode options) {
        Optional<DType> type =
                options.path("dtype").asStringOpt().map(name -> DType.valueOf(name.toUpperCase(Locale.ROOT)));
        return new ConvertSpec(source, target, type, change(options));
    }

    private static Change change(JsonNode options) {
        if (options.path("quantize").asBoolean(false)) {
            return new Change.Quantize(Packing.of(
                    Mode.of(options.path("q_mode").asString("affine")),
                    number(options, "q_group_size"),
                    number(options, "q_bits"),
                    options.path("quant_predicate")
                            .asStringOpt()
                            .map(recipe -> MixedRecipe.valueOf(recipe.toUpperCase(Locale.ROOT)))));
        }
        return options.path("dequantize").asBoolean(false) ? new Change.Dequantize() : new Change.None();
    }

    private static Optional<Integer> number(JsonNode options, String key) {
        return options.has(key) ? Optional.of(options.path(key).asInt()) : Optional.empty();
    }

    @Test
    void neverWritesOverAFolder() {
        assertThatThrownBy(() -> convert("llama", folder, new Change.None()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("exists already")
                .hasMessageContaining("name a new folder");
    }

    @Test
    void leavesNothingBehindWhereItFails() throws IOException {
        Path target = folder.resolve("new");
        Change packing =
                new Change.Quantize(Packing.of(Mode.MXFP4, Optional.empty(), Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> convert("gpt_oss-hf", target, packing))
                .hasMessageContaining("mlp.router must be packed in groups of 64")
                .hasMessageContaining("rows of 32 values");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aRecipeNeedsItsLayers() {
        Change mixed = new Change.Quantize(
                Packing.of(Mode.AFFINE, Optional.of(32), Optional.empty(), Optional.of(MixedRecipe.MIXED_3_6)));
        assertThatThrownBy(() -> convert("phi", folder.resolve("new"), mixed))
                .hasMessageContaining("down_proj")
                .hasMessageContaining("'phi' has none");
    }

    @Test
    void namesFormatsThatMlxDoesNotHave() {
        assertRefused("7 bits are not possible", Mode.AFFINE, 64, 7);
        assertRefused("Groups of 48 are not possible", Mode.AFFINE, 48, 4);
        assertRefused("mxfp4 has 4 bits and groups of 32; it cannot have 8 bits", Mode.MXFP4, 32, 8);
        assertThatThrownBy(() ->
                        Packing.of(Mode.NVFP4, Optional.empty(), Optional.empty(), Optional.of(MixedRecipe.MIXED_2_6)))
                .hasMessageContaining("mixed_2_6 is for the affine mode");
    }

    private static void assertRefused(String message, Mode mode, int groupSize, int bits) {
        assertThatThrownBy(() -> Packing.of(mode, Optional.of(groupSize), Optional.of(bits), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.gguf", "sub/model-q8_0.gguf"})
    void refusesGgufAsABase(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "GGUF");
        Path model = name.contains("/") ? file.getParent() : file;
        assertThatThrownBy(() -> ModelRegistry.load(model))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("GGUF is a format for serving")
                .hasMessageContaining("original Hugging Face model");
    }

    private static void convert(String fixture, Path target, Change change) {
        Converter.run(new ConvertSpec(Golden.source(fixture), target, Optional.empty(), change));
    }
}
