package org.mlxspring.autoconfigure.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.train.TrainSettings;

class SettingsOfPropertiesTest {

    @Test
    void textFromAPropertiesFileBecomesWhatTheEngineReads() {
        Map<String, Object> settings = SettingsOfProperties.read(Map.of(
                "batch-size", "2",
                "learning_rate", "2e-4",
                "mask-prompt", "true",
                "lora_parameters", Map.of("rank", "4", "keys", Map.of("1", "b", "0", "a"))));
        TrainSettings read = TrainSettings.fromMap(settings);
        assertThat(read.batchSize()).isEqualTo(2);
        assertThat(read.learningRate()).isEqualTo(2e-4);
        assertThat(read.maskPrompt()).isTrue();
        assertThat(read.loraParameters().rank()).isEqualTo(4);
        assertThat(read.loraParameters().keys()).contains(List.of("a", "b"));
    }
}
