package org.mlxspring.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.model.ModelRegistry;

/** Adapters of PEFT; engine/src/test/parity/peft compares with PEFT itself. */
class PeftTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama-dora", "qwen2-embedding"})
    void anAdapterComputesTheSameAfterAWayThroughPeft(String name) throws IOException {
        Fixture fixture = new Fixture(name);
        Path peft = folder.resolve("peft");

        PeftWriter.write(new AdapterFolder(fixture.path().resolve("adapter-end")), peft);

        assertThat(logits(fixture, peft))
                .containsExactly(logits(fixture, fixture.path().resolve("adapter-end")), within(1e-5f));
    }

    @Test
    void tensorsHaveTheNamesAndShapesOfPeft() throws IOException {
        Path peft = folder.resolve("peft");

        PeftWriter.write(new AdapterFolder(new Fixture("llama-dora").path().resolve("adapter-end")), peft);

        try (Scope scope = Scope.open()) {
            Map<String, Array> tensors = Safetensors.load(peft.resolve("adapter_model.safetensors"));
            String module = "base_model.model.model.layers.3.self_attn.q_proj.";
            assertThat(tensors.get(module + "lora_A.weight").shape()).containsExactly(4, 64);
            assertThat(tensors.get(module + "lora_B.weight").shape()).containsExactly(64, 4);
            assertThat(tensors.get(module + "lora_magnitude_vector").shape()).containsExactly(64);
        }
        assertThat(peft.resolve("adapter_config.json"))
                .content()
                .contains("\"use_dora\" : true", "\"lora_alpha\" : 40.0", "model.layers.3.self_attn.q_proj");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"peft_type": "IA3"}                                                       | peft_type is 'IA3'
            {"peft_type": "LORA", "r": 4, "lora_alpha": 8, "bias": "all"}               | bias is 'all'
            {"peft_type": "LORA", "r": 4, "lora_alpha": 8, "modules_to_save": ["head"]} | modules_to_save is ["head"]
            {"peft_type": "LORA", "r": "four", "lora_alpha": 8}                         | r must be a whole number
            {"peft_type": "LORA", "r": 4, "lora_alpha": 8}                              | There is no adapter file
            """)
    void whatCannotBeReadIsRefused(String config, String message) throws IOException {
        Files.writeString(folder.resolve("adapter_config.json"), config);
        assertThatThrownBy(() -> logits(new Fixture("llama"), folder))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAloneAndNothingElseStays() throws IOException {
        Path target = Files.createDirectories(folder.resolve("peft"));
        Files.writeString(target.resolve("mine"), "x");
        AdapterFolder adapter = new AdapterFolder(new Fixture("llama").path().resolve("adapter-end"));

        assertThatThrownBy(() -> PeftWriter.write(adapter, target))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("not empty");

        assertThat(target.resolve("mine")).hasContent("x");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(target);
        }
    }

    @Test
    void anAdapterOfAnotherModelSaysWhichModulesDiffer() {
        Path peft = folder.resolve("peft");
        PeftWriter.write(new AdapterFolder(new Fixture("mistral").path().resolve("adapter-end")), peft);
        assertThatThrownBy(() -> logits(new Fixture("llama"), peft))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("self_attn.q_proj.lora_B is [128, 4], the model needs [64, 4]");
    }

    @Test
    void patternsChangeRankAndScaleOfSomeModules() {
        PeftConfig config =
                new PeftConfig(8, 16, false, false, Map.of("down_proj", 2.0), Map.of("layers\\.1\\..*", 4.0));
        assertThat(config.rankOf("model.layers.0.mlp.down_proj")).isEqualTo(2);
        assertThat(config.scaleOf("model.layers.0.mlp.down_proj")).isEqualTo(8);
        assertThat(config.rankOf("model.layers.1.self_attn.q_proj")).isEqualTo(8);
        assertThat(config.scaleOf("model.layers.1.self_attn.q_proj")).isEqualTo(0.5);
    }

    private static float[] logits(Fixture fixture, Path adapter) {
        try (Scope scope = Scope.open()) {
            Array tokens = Array.of(
                    fixture.ints(fixture.expected().path("prompt_ids").get(0)),
                    1,
                    fixture.expected().path("prompt_ids").get(0).size());
            LanguageModel model = ModelRegistry.load(fixture.model());
            new AdapterFolder(adapter).load(model);
            return model.logits(tokens).toFloats();
        }
    }
}
