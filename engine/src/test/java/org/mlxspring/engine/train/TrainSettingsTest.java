package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.adapter.FineTuneType;

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
}
