package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.data.LossMask;

class TrainSettingsTest {

    @Test
    void defaultsAreThoseOfMlxLm() {
        TrainSettings settings = TrainSettings.defaults();
        assertThat(settings.fineTuneType()).isEqualTo(FineTuneType.LORA);
        assertThat(settings.optimizer().name()).isEqualTo("adam");
        assertThat(settings.numLayers()).isEqualTo(16);
        assertThat(settings.iters()).isEqualTo(1000);
        assertThat(settings.learningRate()).isEqualTo(1e-5);
        assertThat(settings.loraParameters().rank()).isEqualTo(8);
        assertThat(settings.loraParameters().scale()).isEqualTo(20.0);
        assertThat(settings.maxSeqLength()).isEqualTo(2048);
    }

    @Test
    void readsBackWhatItWrote() {
        TrainSettings settings = TrainSettings.fromMap(Map.of(
                "iters",
                "30",
                "optimizer",
                "adamw",
                "optimizer_config",
                Map.of("adamw", Map.of("weight_decay", 0.1), "adam", Map.of()),
                "lr_schedule",
                Map.of("name", "cosine_decay", "arguments", List.of(1e-4, 100), "warmup", 10),
                "lora_parameters",
                Map.of("rank", 16, "scale", 10, "keys", List.of("self_attn.q_proj"))));
        assertThat(settings.optimizer().options()).isEqualTo(Map.of("weight_decay", 0.1));
        assertThat(TrainSettings.fromMap(settings.toMap())).isEqualTo(settings);
    }

    @Test
    void namesTheSettingItsValueAndWhatWouldBeRight() {
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("iter", 10)))
                .hasMessageContaining("'iter'")
                .hasMessageContaining("iters");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("batch_size", 0)))
                .hasMessage("batch_size is '0'; it must be a whole number of at least 1.");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("learning_rate", "fast")))
                .hasMessage("learning_rate is 'fast'; it must be a number.");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("fine_tune_type", "qlora")))
                .hasMessageContaining("lora, dora or full");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("lora_parameters", Map.of("rank", 8, "alpha", 16))))
                .hasMessageContaining("scale");
    }

    @Test
    void whatMlxLmDoesNotHaveIsOffUnlessAskedFor() {
        TrainSettings settings = TrainSettings.defaults();
        assertThat(settings.lossMask()).isEqualTo(LossMask.ROW);
        assertThat(settings.trainMode()).isEqualTo(TrainMode.SFT);
        assertThat(settings.maxGradNorm()).isZero();
        assertThat(settings.earlyStoppingPatience()).isZero();
        assertThat(settings.keepCheckpoints()).isZero();
        assertThat(settings.lossScale()).isEqualTo(LossScale.NONE);
        assertThat(settings.loraplusLrRatio()).isEqualTo(1);
        assertThat(settings.processes()).isEqualTo(1);
        assertThat(settings.loraParameters().useRslora()).isFalse();

        TrainSettings given = TrainSettings.fromMap(Map.ofEntries(
                Map.entry("loss_mask", "assistant"),
                Map.entry("train_mode", "dpo"),
                Map.entry("beta", "0.05"),
                Map.entry("max_grad_norm", 1),
                Map.entry("early_stopping_patience", 3),
                Map.entry("early_stopping_min_delta", 0.01),
                Map.entry("keep_checkpoints", 2),
                Map.entry("loss_scale", "dynamic"),
                Map.entry("loraplus_lr_ratio", 16),
                Map.entry("processes", 4),
                Map.entry("lora_parameters", Map.of("use_rslora", true))));
        assertThat(given.beta()).isEqualTo(0.05);
        assertThat(given.lossScale().dynamic()).isTrue();
        assertThat(given.loraParameters().useRslora()).isTrue();
        assertThat(TrainSettings.fromMap(given.toMap())).isEqualTo(given);
        assertThat(TrainSettings.fromMap(Map.of("loss_scale", "1024")).lossScale())
                .isEqualTo(new LossScale(1024, false));
    }

    @Test
    void maskPromptIsMlxLmsNameForOneLossMask() {
        TrainSettings masked = TrainSettings.fromMap(Map.of("mask_prompt", true));
        assertThat(masked.lossMask()).isEqualTo(LossMask.PROMPT);
        assertThat(masked.toMap()).containsEntry("mask_prompt", true).containsEntry("loss_mask", "prompt");
        assertThat(TrainSettings.fromMap(Map.of("loss_mask", "assistant")).toMap())
                .containsEntry("mask_prompt", false);
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("mask_prompt", true, "loss_mask", "row")))
                .hasMessage("mask_prompt is true and loss_mask is 'row', which contradict each other; leave"
                        + " mask_prompt out.");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("mask_prompt", false, "loss_mask", "prompt")))
                .hasMessageContaining("contradict");
    }

    @Test
    void refusesValuesThatCannotWork() {
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("loss_mask", "user")))
                .hasMessage("loss_mask is 'user'; it must be row, prompt or assistant.");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("train_mode", "ppo")))
                .hasMessage("train_mode is 'ppo'; it must be sft, dpo or orpo.");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("max_grad_norm", -1)))
                .hasMessage("max_grad_norm is '-1.0'; it must be a number of at least 0.");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("loraplus_lr_ratio", 0)))
                .hasMessageContaining("a number above 0");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("loss_scale", "auto")))
                .hasMessage("loss_scale is 'auto'; it must be a number above 0, or 'dynamic'.");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("early_stopping_patience", 2, "val_batches", 0)))
                .hasMessageContaining("val_batches is 0");
        assertThatThrownBy(() -> TrainSettings.fromMap(Map.of("processes", 3)))
                .hasMessage(
                        "batch_size is 4, which 3 processes cannot share evenly; it must be a multiple of processes.");
    }
}
