package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;

/** Training on a float16 copy of the llama fixture. */
class LossScaleTest {

    private static final Fixture LLAMA = new Fixture("llama");

    private TinyTraining tiny;
    private Path half;

    @BeforeEach
    void copyInFloat16(@TempDir Path folder) throws IOException {
        tiny = new TinyTraining(folder.resolve("adapters"));
        half = Files.createDirectory(folder.resolve("half"));
        try (var files = Files.list(LLAMA.model());
                Scope scope = Scope.open()) {
            for (Path file : files.toList()) {
                Path copy = half.resolve(file.getFileName().toString());
                if (file.toString().endsWith(".safetensors")) {
                    Map<String, Array> tensors = new HashMap<>(Safetensors.load(file));
                    tensors.replaceAll((name, tensor) -> tensor.astype(DType.FLOAT16));
                    Safetensors.save(copy, tensors, Map.of("format", "mlx"));
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Test
    void aFloat16ModelLearnsWithADynamicScale() {
        List<TrainEvent.Report> reports = train("dynamic", Map.of("loss_scale", "dynamic", "iters", 20));
        List<TrainEvent.Report> exact = reports(tiny.train("float32", Map.of("iters", 20), event -> {}));
        assertThat(reports.getLast().trainLoss())
                .isLessThan(reports.getFirst().trainLoss())
                .isCloseTo(exact.getLast().trainLoss(), within(0.02));
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.trainLoss()).isFinite();
            assertThat(report.gradNorm()).isFinite();
            assertThat(report.metrics().get("loss_scale")).isGreaterThanOrEqualTo(1);
        });
    }

    @Test
    void allWeightsInFloat16LearnToo() {
        List<TrainEvent.Report> reports =
                train("full", Map.of("loss_scale", "dynamic", "fine_tune_type", "full", "num_layers", 1, "iters", 20));
        assertThat(reports.getLast().trainLoss()).isLessThan(reports.getFirst().trainLoss());
    }

    @Test
    void anOverflowLeavesTheBatchOutAndHalvesTheScale() {
        LossScaler scaler = new LossScaler(LossScale.DYNAMIC);
        assertThat(scaler.lowerAfterOverflow()).isTrue();
        assertThat(scaler.value()).isEqualTo(32768);
        for (int i = 0; i < 200; i++) {
            assertThat(scaler.value()).isEqualTo(32768);
            scaler.raiseAfterMany();
        }
        assertThat(scaler.value()).isEqualTo(65536);
        scaler.restore(new LossScaler.State(1, 7));
        assertThat(scaler.lowerAfterOverflow()).isFalse();
        assertThat(new LossScaler(new LossScale(1024, false)).lowerAfterOverflow())
                .isFalse();
    }

    @Test
    void anOverflowAppliesNothingAndTheRunGoesOn() throws IOException {
        Map<String, Object> settings = Map.of("loss_scale", "dynamic", "save_every", 1, "iters", 2);
        TrainEvent.Report before = train("skips", settings).getLast();
        Map<String, List<Float>> weights = tiny.weights("skips");
        Path state = tiny.folder().resolve("skips/0000002_state/state.json");
        String json = Files.readString(state);
        assertThat(json).contains("\"lossScale\":{\"value\":65536.0,\"good\":2}");
        Files.writeString(state, json.replace("\"value\":65536.0", "\"value\":1073741824"));

        Map<String, Object> longer = new HashMap<>(settings);
        longer.put("iters", 3);
        TrainEvent.Report skipped = train("skips", longer).getLast();
        assertThat(skipped.iteration()).isEqualTo(3);
        assertThat(skipped.trainLoss()).isFinite();
        assertThat(skipped.metrics()).containsEntry("loss_scale", 536870912.0);
        assertThat(skipped.trainedTokens()).isEqualTo(before.trainedTokens());
        assertThat(skipped.gradNorm()).isEqualTo(before.gradNorm());
        assertThat(tiny.weights("skips")).isEqualTo(weights);

        longer.put("iters", 30);
        TrainEvent.Report later = train("skips", longer).getLast();
        assertThat(later.trainedTokens()).isGreaterThan(before.trainedTokens());
        assertThat(later.trainLoss()).isLessThan(before.trainLoss());
    }

    @Test
    void aFixedScaleThatOverflowsEndsTheRun() {
        assertThatThrownBy(() -> train("overflow", Map.of("loss_scale", 1e9, "iters", 5)))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("The gradient's norm is")
                .hasMessageContaining("at iteration 1,")
                .hasMessageContaining("(the loss scale was 1.0E9)");
    }

    @Test
    void aFixedScaleChangesNothingThatFloat32CanHold() throws IOException {
        tiny.train("plain", Map.of("iters", 4), event -> {});
        tiny.train("scaled", Map.of("iters", 4, "loss_scale", 1024), event -> {});
        assertThat(tiny.weights("scaled")).isEqualTo(tiny.weights("plain"));
    }

    private List<TrainEvent.Report> train(String name, Map<String, Object> settings) {
        TrainSpec given = tiny.spec(name, settings);
        List<TrainEvent> events = new ArrayList<>();
        Trainer.run(
                new TrainSpec(half, given.data(), given.adapterPath(), given.settings(), Optional.empty(), true, false),
                events::add,
                () -> false);
        return reports(events);
    }

    private static List<TrainEvent.Report> reports(List<TrainEvent> events) {
        return events.stream()
                .filter(TrainEvent.Report.class::isInstance)
                .map(TrainEvent.Report.class::cast)
                .toList();
    }
}
