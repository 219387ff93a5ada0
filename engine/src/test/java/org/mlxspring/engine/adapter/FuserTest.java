package org.mlxspring.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.adapter.gguf.GgufType;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.model.ModelRegistry;
import tools.jackson.databind.JsonNode;

class FuserTest {

    @TempDir
    Path folder;

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream();
    }

    /** Weights that are packed again are rounded, so a quantized base is unpacked; {@link FusedTensorsTest} does both. */
    private static boolean isQuantized(Fixture fixture) {
        JsonNode config = ModelConfig.read(fixture.model()).json();
        return config.has("quantization") || config.has("quantization_config");
    }

    /** MXFP4 is unpacked to bfloat16, to which the fused weight is then rounded, as in mlx-lm. */
    private static float exactness(Fixture fixture) {
        return ModelConfig.read(fixture.model()).json().toString().contains("mxfp4") ? 0.05f : 1e-3f;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theFusedModelComputesWhatModelAndAdapterCompute(Fixture fixture) {
        Path adapter = fixture.path().resolve("adapter-end");
        Path fused = folder.resolve("fused");

        FuseResult result = Fuser.run(new FuseSpec(fixture.model(), adapter, fused, isQuantized(fixture)));

        assertThat(result.files())
                .contains(
                        "config.json",
                        "model.safetensors",
                        "model.safetensors.index.json",
                        "tokenizer.json",
                        "tokenizer_config.json");
        try (Scope scope = Scope.open()) {
            int[] ids = fixture.ints(fixture.expected().path("prompt_ids").get(0));
            Array tokens = Array.of(ids, 1, ids.length);
            LanguageModel adapted = ModelRegistry.load(fixture.model());
            float[] before = adapted.logits(tokens).toFloats();
            new AdapterFolder(adapter).load(adapted);
            float[] expected = adapted.logits(tokens).toFloats();
            assertThat(expected).isNotEqualTo(before);
            assertThat(ModelRegistry.load(fused).logits(tokens).toFloats())
                    .containsExactly(expected, within(exactness(fixture)));
        }
    }

    @Test
    void anUnpackedWeightLivesOnlyUntilItIsPackedAgain() throws IOException {
        Fixture fixture = new Fixture("llama-4bit");
        Path fused = folder.resolve("fused");
        FuseSpec spec = new FuseSpec(fixture.model(), fixture.path().resolve("adapter-end"), fused, false);
        long handles = Scope.liveHandles();
        Mlx.clearCache();
        Mlx.resetPeakMemory();
        long before = Mlx.activeMemory();
        Fuser.run(spec);
        long largest = 128 * 64 * Float.BYTES;
        assertThat(Mlx.peakMemory() - before).isLessThan(Files.size(fused.resolve("model.safetensors")) + 4 * largest);
        assertThat(Scope.liveHandles()).isEqualTo(handles);
    }

    @Test
    void anAdapterOfAnotherModelSaysWhichTensorsDiffer() {
        Path adapter = new Fixture("mistral").path().resolve("adapter-end");
        FuseSpec spec = new FuseSpec(new Fixture("llama").model(), adapter, folder.resolve("fused"), false);
        assertThatThrownBy(() -> Fuser.run(spec))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("self_attn.q_proj.lora_b is [4, 128], the model needs [4, 64]");
        assertThat(folder.resolve("fused")).doesNotExist();
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
        Fixture fixture = new Fixture("llama");
        Files.writeString(folder.resolve("mine"), "x");
        FuseSpec spec = new FuseSpec(fixture.model(), fixture.path().resolve("adapter-end"), folder, false);
        assertThatThrownBy(() -> Fuser.run(spec))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("not empty");
        assertThat(folder.resolve("mine")).hasContent("x");
    }

    @Test
    void theResultIsComparedWithBaseAndAdapterOnHeldOutRows() throws IOException {
        Path fused = folder.resolve("fused");
        FuseResult result = Fuser.run(spec("llama", fused, Optional.of(GgufType.Q8_0), Optional.empty()));

        assertThat(result.files()).contains("check.json", "model.gguf", "Modelfile");
        assertThat(result.checks()).extracting(CheckReport::result).containsExactly("fused", "gguf");
        CheckReport folder = result.checks().getFirst();
        assertThat(folder.rows()).isEqualTo(2);
        assertThat(folder.tokens()).isPositive();
        assertThat(folder.meanKl()).isLessThan(1e-6);
        assertThat(folder.equalArgmax()).isGreaterThan(0.99);
        CheckReport gguf = result.checks().getLast();
        assertThat(gguf.meanKl()).isBetween(1e-5, 1e-2);
        assertThat(gguf.equalArgmax()).isBetween(0.8, 1.0);
        assertThat(fused.resolve("check.json")).content().contains("\"mean_kl\"", "\"gguf\"");
        assertThat(fused.resolve("Modelfile"))
                .content()
                .contains("FROM ./model.gguf", "TEMPLATE", "PARAMETER stop \"<|im_end|>\"");
    }

    @Test
    void aResultThatAnswersOtherwiseIsRefusedAndNothingStays() throws IOException {
        Path fused = folder.resolve("fused");
        FuseSpec spec = spec("llama-4bit", fused, Optional.empty(), Optional.of(1e-3));
        assertThatThrownBy(() -> Fuser.run(spec))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("The fused model is refused")
                .hasMessageContaining("the limit is 0.001 (--max-kl)")
                .hasMessageContaining("Fuse with --dequantize");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aGgufFileOfAQuantizedModelIsOfItsUnquantizedWeights() throws IOException {
        Path fused = folder.resolve("fused");
        FuseResult result = Fuser.run(spec("llama-4bit", fused, Optional.of(GgufType.F16), Optional.empty()));
        assertThat(result.checks().getFirst().meanKl()).isGreaterThan(1e-3);
        assertThat(result.checks().getLast().meanKl()).isLessThan(1e-4);
        assertThat(Files.readString(fused.resolve("config.json"))).contains("quantization");
    }

    @Test
    void aFolderWithoutRowsIsRefusedWhereItWasNamed() {
        Fixture fixture = new Fixture("llama");
        Path adapter = fixture.path().resolve("adapter-end");
        FuseSpec spec = new FuseSpec(
                fixture.model(), adapter, folder.resolve("fused"), false, Optional.empty(), CheckSpec.of(adapter));
        assertThatThrownBy(() -> Fuser.run(spec))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("has no rows to check the result with");
        assertThat(folder.resolve("fused")).doesNotExist();
    }

    private static FuseSpec spec(String name, Path fused, Optional<GgufType> type, Optional<Double> maxKl) {
        Fixture fixture = new Fixture(name);
        return new FuseSpec(
                fixture.model(),
                fixture.path().resolve("adapter-end"),
                fused,
                false,
                type.map(each -> new GgufTarget("model.gguf", each)),
                new CheckSpec(Optional.of(fixture.data()), 2, maxKl));
    }
}
