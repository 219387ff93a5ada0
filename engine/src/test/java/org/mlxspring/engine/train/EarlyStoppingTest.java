package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.model.Fixture;

class EarlyStoppingTest {

    /** Learns so fast that the validation loss is soon at its lowest. */
    private static final Map<String, Object> OVERFITTING =
            Map.of("iters", 60, "val_batches", -1, "steps_per_eval", 2, "learning_rate", 3e-2);

    private TinyTraining tiny;

    @BeforeEach
    void tiny(@TempDir Path folder) {
        tiny = new TinyTraining(folder);
    }

    @Test
    void countsValidationsThatAreNotBetterByEnough() {
        Patience patience = Patience.FRESH.after(new Best(0, 3), 0.5);
        assertThat(patience).isEqualTo(new Patience(Optional.of(new Best(0, 3)), Optional.of(new Best(0, 3)), 0));
        patience = patience.after(new Best(10, 2.75), 0.5);
        assertThat(patience).isEqualTo(new Patience(Optional.of(new Best(10, 2.75)), Optional.of(new Best(0, 3)), 1));
        patience = patience.after(new Best(20, 2.9), 0.5).after(new Best(30, Double.NaN), 0.5);
        assertThat(patience).isEqualTo(new Patience(Optional.of(new Best(10, 2.75)), Optional.of(new Best(0, 3)), 3));
        patience = patience.after(new Best(40, 2.25), 0.5);
        assertThat(patience)
                .isEqualTo(new Patience(Optional.of(new Best(40, 2.25)), Optional.of(new Best(40, 2.25)), 0));
        assertThat(Patience.FRESH
                        .after(new Best(0, Double.POSITIVE_INFINITY), 0)
                        .best())
                .isEmpty();
    }

    @Test
    void endsWithTheBestWeightsOnceValidationsBringNothing() throws IOException {
        Map<String, Object> settings = new HashMap<>(OVERFITTING);
        settings.put("early_stopping_patience", 3);
        List<TrainEvent> events = tiny.train("early", settings, event -> {});

        List<TrainEvent.Validated> validations = validations(events);
        TrainEvent.Validated lowest = validations.stream()
                .min(Comparator.comparingDouble(TrainEvent.Validated::valLoss))
                .orElseThrow();
        TrainEvent.Finished finished = (TrainEvent.Finished) events.getLast();
        assertThat(finished.stopped()).isFalse();
        assertThat(finished.iteration()).isLessThan(60);
        assertThat(finished.best()).contains(new Best(lowest.iteration(), lowest.valLoss()));
        assertThat(validations.indexOf(lowest)).isEqualTo(validations.size() - 4);
        assertThat(lowest.best()).isTrue();
        assertThat(validations.getLast().best()).isFalse();
        assertThat(tiny.folder().resolve("early/best_adapters.json"))
                .hasContent("{\"iteration\":" + lowest.iteration() + ",\"val_loss\":" + lowest.valLoss() + "}");
        assertThat(events)
                .filteredOn(TrainEvent.Report.class::isInstance)
                .last()
                .isInstanceOfSatisfying(TrainEvent.Report.class, report -> assertThat(report.iteration())
                        .isEqualTo(finished.iteration()));

        Map<String, Object> until = new HashMap<>(OVERFITTING);
        until.put("iters", lowest.iteration());
        until.put("steps_per_eval", 2);
        tiny.train("short", until, event -> {});
        assertThat(tiny.weights("early")).isEqualTo(tiny.weights("short"));
    }

    @Test
    void keepsTheBestBesideTheLastWithoutEarlyStopping() throws IOException {
        Map<String, Object> settings = new HashMap<>(OVERFITTING);
        settings.put("iters", 30);
        settings.put("save_every", 5);
        settings.put("keep_checkpoints", 1);
        List<TrainEvent> events = tiny.train("both", settings, event -> {});

        assertThat(((TrainEvent.Finished) events.getLast()).best()).isEmpty();
        Path folder = tiny.folder().resolve("both");
        assertThat(folder.resolve("best_adapters.safetensors")).isRegularFile();
        assertThat(Files.readAllBytes(folder.resolve("adapters.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("0000030_adapters.safetensors")))
                .isNotEqualTo(Files.readAllBytes(folder.resolve("best_adapters.safetensors")));
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            ".lock",
                            "0000030_adapters.safetensors",
                            "0000030_state",
                            "adapter_config.json",
                            "adapters.safetensors",
                            "best_adapters.json",
                            "best_adapters.safetensors");
        }
    }

    @Test
    void needsValidationRows(@TempDir Path data) throws IOException {
        Files.copy(new Fixture("llama").data().resolve("train.jsonl"), data.resolve("train.jsonl"));
        TrainSpec given = tiny.spec("a", Map.of("early_stopping_patience", 2, "val_batches", 1));
        TrainSpec spec = new TrainSpec(
                given.model(),
                data,
                Optional.empty(),
                given.adapterPath(),
                given.settings(),
                Optional.empty(),
                false,
                false);
        assertThatThrownBy(() -> Trainer.run(spec, event -> {}, () -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("early_stopping_patience is 2")
                .hasMessageContaining("valid.jsonl");
    }

    private static List<TrainEvent.Validated> validations(List<TrainEvent> events) {
        return events.stream()
                .filter(TrainEvent.Validated.class::isInstance)
                .map(TrainEvent.Validated.class::cast)
                .toList();
    }
}
