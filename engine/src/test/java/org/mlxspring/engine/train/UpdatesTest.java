package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one update does to the weights, seen with plain SGD, whose step is the learning rate times the gradient. */
class UpdatesTest {

    private static final Map<String, Object> ONE_STEP = Map.of("optimizer", "sgd", "iters", 1, "learning_rate", 0.5);

    private TinyTraining tiny;

    @BeforeEach
    void tiny(@TempDir Path folder) {
        tiny = new TinyTraining(folder);
    }

    @Test
    void aGradientIsShortenedToItsLimitAndItsNormReportedAsItWas() throws IOException {
        TrainEvent.Report free = report("free", Map.of());
        TrainEvent.Report clipped = report("clipped", Map.of("max_grad_norm", 0.1));

        assertThat(free.gradNorm()).isGreaterThan(0.2);
        assertThat(clipped.gradNorm()).isEqualTo(free.gradNorm());
        // lora_b starts at zero, and lora_a has no gradient yet.
        assertThat(lengthOfB("free")).isCloseTo(0.5 * free.gradNorm(), within(1e-4));
        assertThat(lengthOfB("clipped")).isCloseTo(0.5 * 0.1, within(1e-5));
        report("loose", Map.of("max_grad_norm", 1000));
        assertThat(tiny.weights("loose")).isEqualTo(tiny.weights("free"));
    }

    @Test
    void anAccumulatedGradientIsClippedOnce() throws IOException {
        report("clipped", Map.of("max_grad_norm", 0.1, "iters", 2, "batch_size", 2, "grad_accumulation_steps", 2));
        assertThat(lengthOfB("clipped")).isCloseTo(0.5 * 0.1, within(1e-5));
    }

    @Test
    void theSecondMatrixLearnsFasterByItsRatio() throws IOException {
        report("plain", Map.of());
        report("plus", Map.of("loraplus_lr_ratio", 16));
        assertThat(lengthOfB("plus")).isCloseTo(16 * lengthOfB("plain"), within(1e-3));
        tiny.weights("plain").forEach((name, values) -> {
            if (name.endsWith("lora_a")) {
                assertThat(values).isEqualTo(weights("plus").get(name));
            }
        });
    }

    private TrainEvent.Report report(String name, Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(ONE_STEP);
        settings.putAll(given);
        return (TrainEvent.Report) tiny.train(name, settings, event -> {}).stream()
                .filter(TrainEvent.Report.class::isInstance)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private Map<String, List<Float>> weights(String name) {
        try {
            return tiny.weights(name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private double lengthOfB(String name) {
        return Math.sqrt(weights(name).entrySet().stream()
                .filter(each -> each.getKey().endsWith("lora_b"))
                .flatMap(each -> each.getValue().stream())
                .mapToDouble(value -> (double) value * value)
                .sum());
    }
}
