package org.mlxspring.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.model.ModelRegistry;

class FuserTest {

    @TempDir
    Path folder;

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream().filter(fixture -> !fixture.name().contains("bit"));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theFusedModelComputesWhatModelAndAdapterCompute(Fixture fixture) {
        Path adapter = fixture.path().resolve("adapter-end");
        Path fused = folder.resolve("fused");

        List<String> files = Fuser.run(new FuseSpec(fixture.model(), adapter, fused, false));

        assertThat(files)
                .contains(
                        "config.json",
                        "model.safetensors",
                        "model.safetensors.index.json",
                        "tokenizer.json",
                        "tokenizer_config.json");
        try (Scope scope = Scope.open()) {
            Array tokens =
                    Array.of(fixture.ints(fixture.expected().path("prompt_ids").get(0)), 1, 24);
            LanguageModel adapted = ModelRegistry.load(fixture.model());
            float[] before = adapted.logits(tokens).toFloats();
            new AdapterFolder(adapter).load(adapted);
            float[] expected = adapted.logits(tokens).toFloats();
            assertThat(expected).isNotEqualTo(before);
            assertThat(ModelRegistry.load(fused).logits(tokens).toFloats()).containsExactly(expected, within(1e-3f));
        }
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
}
