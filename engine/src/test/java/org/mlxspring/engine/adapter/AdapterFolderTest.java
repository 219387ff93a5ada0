package org.mlxspring.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.nn.Parameter;

/** Folders that mlx-lm writes or that people change by hand, on the model they were made for and on others. */
class AdapterFolderTest {

    private static final Fixture LLAMA = new Fixture("llama");

    @TempDir
    Path folder;

    @BeforeEach
    void anAdapterOfLlama() throws IOException {
        Path adapter = LLAMA.path().resolve("adapter-end");
        Files.copy(adapter.resolve("adapters.safetensors"), weights());
        Files.copy(adapter.resolve("adapter_config.json"), folder.resolve("adapter_config.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"num_layers": 2, "lora_parameters": {"rank": 4, "scale": 10.0, "dropout": 0.0}}""", """
                {"fine_tune_type": null, "lora_parameters": {"rank": 4, "scale": 10, "keys": null}}""", """
                {"num_layers": 100, "lora_parameters": {"rank": 4, "scale": 10.0, "dropout": 0.1, "alpha": 3}}""", """
                {"num_layers": 2, "optimizer": "adam", "some": {"thing": [1]}, "lora_parameters": {"rank": 4,
                 "scale": 10.0, "use_rslora": true, "keys": ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj",
                 "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj", "mlp.experts.w1"]}}"""})
    void whatMlxLmReadsIsRead(String config) throws IOException {
        writeConfig(config);
        assertThat(logits(folder)).containsExactly(logits(LLAMA.path().resolve("adapter-end")), within(1e-6f));
    }

    @Test
    void anAdapterOfOtherSettingsSaysWhichTensorsDifferAndWhatWasTried() throws IOException {
        writeConfig("{\"num_layers\": 2, \"lora_parameters\": {\"rank\": 8, \"scale\": 10.0}}");
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("28 of its 28 tensors do not fit: ")
                .hasMessageContaining("model.layers.2.mlp.down_proj.lora_a is [128, 4], the model needs [128, 8]; ")
                .hasMessageContaining("; …. Its adapter_config.json says fine_tune_type lora, rank 8, num_layers 2;"
                        + " the model has 4 layers.");
    }

    @Test
    void anAdapterOfALargerModelNamesItsLayersThatAreNotThere() throws IOException {
        writeConfig("{\"num_layers\": 16, \"lora_parameters\": {\"rank\": 4, \"scale\": 10.0}}");
        change(tensors -> tensors.put(
                "model.layers.9.self_attn.q_proj.lora_a", tensors.get("model.layers.3.self_attn.q_proj.lora_a")));
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining(
                        "1 of its 29 tensors do not fit: model.layers.9.self_attn.q_proj.lora_a is not among"
                                + " the adapted weights of the model.")
                .hasMessageContaining("num_layers 16; the model has 4 layers.");
    }

    @Test
    void halfAnAdapterIsRefused() throws IOException {
        change(tensors -> tensors.remove("model.layers.3.self_attn.q_proj.lora_b"));
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("is incomplete")
                .hasMessageContaining("1 tensors are missing: model.layers.3.self_attn.q_proj.lora_b.");
    }

    @Test
    void modulesWithoutTensorsStayAsTheyAre() throws IOException {
        change(tensors -> tensors.keySet().removeIf(name -> !name.contains("q_proj")));
        assertThat(logits(folder)).isNotEqualTo(logits(LLAMA.path().resolve("adapter-end")));
    }

    @Test
    void absentAndDamagedFilesAreNamed() throws IOException {
        byte[] whole = Files.readAllBytes(weights());
        Files.write(weights(), Arrays.copyOf(whole, whole.length - 100));
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining(
                        "adapters.safetensors is not a complete safetensors file: it ends before the values");
        Files.write(weights(), Arrays.copyOf(whole, 20));
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("adapters.safetensors is not a complete safetensors file: its header claims");
        Files.delete(weights());
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("There is no adapter file");
        Files.delete(folder.resolve("adapter_config.json"));
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("adapter_config.json is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                                | cannot be read as JSON
            []                                                               | holds no JSON object
            {"fine_tune_type": "ia3"}                                        | fine_tune_type is 'ia3'
            {}                                                               | lora_parameters must have a whole number 'rank'
            {"lora_parameters": {"rank": 4, "alpha": 8}}                     | scale is alpha / rank
            {"lora_parameters": {"rank": 4.5, "scale": 1}}                   | lora_parameters must have a whole number 'rank'
            {"lora_parameters": {"rank": 0, "scale": 1}}                     | lora_parameters.rank is 0
            {"lora_parameters": {"rank": 4, "scale": 1, "keys": "q_proj"}}   | lora_parameters.keys is "q_proj"
            {"num_layers": "all", "lora_parameters": {"rank": 4, "scale": 1}} | num_layers is "all"
            """)
    void aConfigurationThatDescribesNoAdapterIsRefused(String config, String message) throws IOException {
        writeConfig(config);
        assertThatThrownBy(() -> logits(folder))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("adapter_config.json")
                .hasMessageContaining(message);
    }

    @Test
    void expertsHaveNoDora() {
        LoraParameters parameters = new LoraParameters(4, 10, 0, Optional.empty(), false);
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(new Fixture("qwen3_moe").model());
            assertThatThrownBy(() -> Adapters.prepare(model, FineTuneType.DORA, 2, parameters, RandomState.seed(0)))
                    .isInstanceOf(AdapterException.class)
                    .hasMessage(
                            "fine_tune_type is dora, but model.layers.2.mlp.switch_mlp.down_proj holds experts, which"
                                    + " can only have LoRA. Set fine_tune_type to lora, or name modules without experts in"
                                    + " lora_parameters.keys.");
        }
    }

    @Test
    void fullFineTuningOfAQuantizedModelTrainsWhatIsNotPackedAndIsLoadedAgain() throws IOException {
        Fixture packed = new Fixture("llama-4bit");
        AdapterFolder full = new AdapterFolder(folder.resolve("full"));
        full.writeConfig(Map.of("fine_tune_type", "full", "num_layers", 1));
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(packed.model());
            Adapters.prepare(model, FineTuneType.FULL, 1, LoraParameters.DEFAULT, RandomState.seed(0));
            Map<String, Parameter> trained = Adapters.trainable(model);
            assertThat(trained.keySet())
                    .containsExactlyInAnyOrder(
                            "model.layers.3.input_layernorm.weight", "model.layers.3.post_attention_layernorm.weight");
            trained.values()
                    .forEach(parameter -> parameter.set(parameter.value().multiply(2)));
            full.writeWeights(trained);

            LanguageModel again = ModelRegistry.load(packed.model());
            full.load(again);
            assertThat(logits(again, packed)).isEqualTo(logits(model, packed));
            assertThat(Adapters.trainable(again)).isEmpty();
        }
    }

    private Path weights() {
        return folder.resolve("adapters.safetensors");
    }

    private void writeConfig(String config) throws IOException {
        Files.writeString(folder.resolve("adapter_config.json"), config);
    }

    private interface Change {

        void to(Map<String, Array> tensors);
    }

    private void change(Change change) throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Array> tensors =
                    new LinkedHashMap<>(Safetensors.load(LLAMA.path().resolve("adapter-end/adapters.safetensors")));
            change.to(tensors);
            Safetensors.save(weights(), tensors, Map.of("format", "mlx"));
        }
    }

    private static float[] logits(Path adapter) {
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(LLAMA.model());
            new AdapterFolder(adapter).load(model);
            return logits(model, LLAMA);
        }
    }

    private static float[] logits(LanguageModel model, Fixture fixture) {
        int[] ids = fixture.ints(fixture.expected().path("prompt_ids").get(0));
        return model.logits(Array.of(ids, 1, ids.length)).toFloats();
    }
}
