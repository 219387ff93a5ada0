package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import tools.jackson.databind.JsonNode;

/** A training run from mlx-lm's starting adapter, against the losses that mlx-lm reported and the adapter it ended with. */
class TrainingParityTest {

    private static final double RELATIVE = 1e-3;

    @TempDir
    Path folder;

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void lossesAreThoseOfMlxLm(Fixture fixture) throws IOException {
        JsonNode training = fixture.expected().path("training");
        List<TrainEvent> events = new ArrayList<>();

        Trainer.run(spec(fixture, false), events::add, () -> false);

        List<JsonNode> reports = training.path("train").valueStream().toList();
        List<TrainEvent.Report> ours = events.stream()
                .filter(TrainEvent.Report.class::isInstance)
                .map(TrainEvent.Report.class::cast)
                .toList();
        assertThat(ours).hasSameSizeAs(reports);
        for (int i = 0; i < ours.size(); i++) {
            double theirs = reports.get(i).path("train_loss").asDouble();
            assertThat(ours.get(i).trainLoss()).isCloseTo(theirs, within(RELATIVE * theirs));
            assertThat(ours.get(i).learningRate())
                    .isCloseTo(reports.get(i).path("learning_rate").asDouble(), within(1e-9));
            assertThat(ours.get(i).trainedTokens())
                    .isEqualTo(reports.get(i).path("trained_tokens").asLong());
        }
        List<JsonNode> validations = training.path("valid").valueStream().toList();
        List<TrainEvent.Validated> validated = events.stream()
                .filter(TrainEvent.Validated.class::isInstance)
                .map(TrainEvent.Validated.class::cast)
                .toList();
        assertThat(validated).hasSameSizeAs(validations);
        for (int i = 0; i < validated.size(); i++) {
            double theirs = validations.get(i).path("val_loss").asDouble();
            assertThat(validated.get(i).iteration())
                    .isEqualTo(validations.get(i).path("iteration").asInt());
            assertThat(validated.get(i).valLoss()).isCloseTo(theirs, within(RELATIVE * theirs));
        }
        assertSameWeights(fixture);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void gradientCheckpointingChangesNothing(Fixture fixture) throws IOException {
        Trainer.run(spec(fixture, true), event -> {}, () -> false);
        assertSameWeights(fixture);
    }

    private void assertSameWeights(Fixture fixture) throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Array> ours = Safetensors.load(folder.resolve("adapters.safetensors"));
            Map<String, Array> theirs =
                    Safetensors.load(fixture.path().resolve("adapter-end").resolve("adapters.safetensors"));
            assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(theirs.keySet());
            theirs.forEach((name, array) ->
                    assertThat(ours.get(name).toFloats()).as(name).containsExactly(array.toFloats(), within(2e-3f)));
        }
    }

    private TrainSpec spec(Fixture fixture, boolean checkpointing) {
        JsonNode training = fixture.expected().path("training");
        TrainSettings settings = TrainSettings.fromMap(Map.ofEntries(
                Map.entry("optimizer", "adamw"),
                Map.entry("learning_rate", training.path("learning_rate").asDouble()),
                Map.entry("batch_size", 4),
                Map.entry("iters", 20),
                Map.entry("val_batches", -1),
                Map.entry("steps_per_report", 1),
                Map.entry("steps_per_eval", 10),
                Map.entry("max_seq_length", training.path("max_seq_length").asInt()),
                Map.entry("num_layers", training.path("num_layers").asInt()),
                Map.entry("grad_checkpoint", checkpointing),
                Map.entry("mask_prompt", fixture.name().equals("llama-masked")),
                Map.entry("fine_tune_type", training.path("type").asString()),
                Map.entry("lora_parameters", Map.of("rank", 4, "scale", 10.0, "dropout", 0.0))));
        return new TrainSpec(
                fixture.model(),
                fixture.data(),
                Optional.empty(),
                folder,
                settings,
                Optional.of(fixture.path().resolve("adapter-start").resolve("adapters.safetensors")),
                false,
                false);
    }
}
