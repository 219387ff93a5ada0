package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.optim.ScheduleSettings;
import org.mlxspring.engine.train.TrainSettings;

class LoraConfigurationTest {

    @TempDir
    Path folder;

    @BeforeEach
    void makeModelFolder() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        Files.writeString(folder.resolve("model/config.json"), "{}");
    }

    @Test
    void flagsWinOverTheFileAndTheFileWinsOverTheDefaults() throws IOException {
        LoraConfiguration configuration = LoraConfiguration.of(yaml("""
                        train: true
                        iters: 50
                        batch_size: 8
                        learning_rate: 1e-4
                        """), Map.of("iters", 70, "mask_prompt", true));
        assertThat(configuration.settings().iters()).isEqualTo(70);
        assertThat(configuration.settings().maskPrompt()).isTrue();
        assertThat(configuration.settings().batchSize()).isEqualTo(8);
        assertThat(configuration.settings().learningRate()).isEqualTo(1e-4);
        assertThat(configuration.settings().numLayers())
                .isEqualTo(TrainSettings.defaults().numLayers());
        assertThat(configuration.train()).isTrue();
        assertThat(configuration.test()).isFalse();
        assertThat(configuration.adapterPath()).contains(Path.of("adapters"));
        assertThat(configuration.trainSpec(true).resume()).isTrue();
    }

    @Test
    void theNestedPartsOfMlxLmsFileAreTaken() throws IOException {
        TrainSettings settings = LoraConfiguration.of(yaml("""
                                train: yes
                                test: True
                                fine_tune_type: full
                                optimizer: adamw
                                optimizer_config:
                                  adam: {}
                                  adamw: {betas: [0.9, 0.98], eps: 1e-6, weight_decay: .05}
                                resume_adapter_file: null
                                report_to: ~
                                trust_remote_code: false
                                project_name: nightly
                                lora_parameters:
                                  keys: ["self_attn.q_proj", "self_attn.v_proj"]
                                  rank: 4
                                  scale: 10.0
                                  dropout: 0.1
                                lr_schedule:
                                  name: cosine_decay
                                  warmup: 100
                                  warmup_init: 1e-7
                                  arguments: [1e-5, 1000, 1e-7]
                                """), Map.of()).settings();
        assertThat(settings.fineTuneType()).isEqualTo(FineTuneType.FULL);
        assertThat(settings.optimizer().name()).isEqualTo("adamw");
        assertThat(settings.optimizer().options())
                .containsEntry("eps", 1e-6)
                .containsEntry("betas", List.of(0.9, 0.98));
        assertThat(settings.loraParameters().keys()).contains(List.of("self_attn.q_proj", "self_attn.v_proj"));
        assertThat(settings.loraParameters().rank()).isEqualTo(4);
        assertThat(settings.lrSchedule())
                .contains(new ScheduleSettings("cosine_decay", List.of(1e-5, 1000.0, 1e-7), 100, 1e-7));
    }

    @Test
    void sizesAreReadAsMlxLmReadsThem() {
        assertThat(cacheThreshold("500MB")).isEqualTo(500_000_000L);
        assertThat(cacheThreshold("1.5g")).isEqualTo(1_500_000_000L);
        assertThat(cacheThreshold("4096")).isEqualTo(4096L);
        assertThatThrownBy(() -> cacheThreshold("5 pounds"))
                .isInstanceOf(UsageException.class)
                .hasMessage("clear_cache_threshold is '5 pounds'; it must be a number of bytes, or one with MB or GB.");
    }

    @Test
    void anEmptyAdapterPathMeansTheBaseModelWhenTestingAlone() {
        assertThat(LoraConfiguration.of(base(), Map.of("test", true, "adapter_path", ""))
                        .adapterPath())
                .isEqualTo(Optional.empty());
        assertRefused(Map.of("train", true, "adapter_path", ""), "--adapter-path is empty; training needs a folder");
    }

    @Test
    void whatCannotBeFollowedIsRefusedWithWhatToDoInstead() {
        assertRefused(Map.of(), "Nothing to do: give --train, --test or both.");
        assertRefused(Map.of("train", "perhaps"), "train is 'perhaps'; it must be true or false.");
        assertRefused(Map.of("train", true, "report_to", "wandb"), "--report-to is not supported: no service outside");
        assertRefused(
                Map.of("train", true, "hf_dataset", Map.of("path", "x")), "--hf-dataset is not supported: data is not");
        assertRefused(Map.of("train", true, "itres", 5), "Unknown setting 'itres'; known are");
        assertRefused(Map.of("train", true, "batch_size", 0), "batch_size is '0'; it must be a whole number");
        assertRefused(Map.of("train", true, "data", List.of("a")), "data is no single value");
        assertThatThrownBy(() -> LoraConfiguration.of(Map.of(), Map.of("train", true)))
                .isInstanceOf(UsageException.class)
                .hasMessage("--model is missing: give the base model's folder, or 'model' in the file of --config.");
    }

    @Test
    void aModelThatIsNoFolderIsExplained() {
        Path absent = folder.resolve("absent");
        assertRefused(Map.of("train", true, "model", absent.toString()), absent + ": there is no such folder.");
        assertRefused(
                Map.of("train", true, "model", folder.toString()), folder + " is no model folder: it must hold config");
        assertRefused(
                Map.of("train", true, "model", "Qwen/Qwen3-0.6b"),
                "there is no such folder. Models are not downloaded; to get one from the Hugging Face Hub:");
    }

    @Test
    void aFileThatIsNoYamlIsRefusedWithItsLine() throws IOException {
        assertThatThrownBy(() -> YamlFile.read(folder.resolve("absent.yaml")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> YamlFile.read(write("iters: 5\nkeys: [1,\nseed: 2\n")))
                .isInstanceOf(UsageException.class)
                .hasMessageMatching("--config .*run.yaml, line \\d: this is no YAML: .*");
        assertThatThrownBy(() -> YamlFile.read(write("iters: 5\niters: 6\n")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> YamlFile.read(write("- iters\n- 5\n")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("must be a YAML mapping");
    }

    private void assertRefused(Map<String, Object> flags, String message) {
        assertThatThrownBy(() -> LoraConfiguration.of(base(), flags))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    private long cacheThreshold(String size) {
        return LoraConfiguration.of(base(), Map.of("train", true, "clear_cache_threshold", size))
                .settings()
                .clearCacheThreshold();
    }

    private Map<String, Object> base() {
        return Map.of(
                "model", folder.resolve("model").toString(),
                "data", folder.resolve("data").toString());
    }

    private Map<String, Object> yaml(String text) throws IOException {
        Map<String, Object> settings = new HashMap<>(base());
        settings.putAll(YamlFile.read(write(text)));
        return settings;
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("run.yaml"), text);
    }
}
