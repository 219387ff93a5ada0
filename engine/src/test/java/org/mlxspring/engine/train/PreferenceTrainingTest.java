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
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.data.DataException;
import org.mlxspring.engine.data.RowException;
import org.mlxspring.engine.model.Fixture;

/** Whole runs that learn from preferences. */
class PreferenceTrainingTest {

    private static final Fixture FIXTURE = new Fixture("llama-masked");

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void copyRows() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        byte[] rows = PreferenceTrainingTest.class
                .getResourceAsStream("/preference/preferences.jsonl")
                .readAllBytes();
        Files.write(data.resolve("train.jsonl"), rows);
        Files.write(data.resolve("valid.jsonl"), rows);
        Files.write(data.resolve("test.jsonl"), rows);
    }

    private TrainSpec spec(String name, Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "num_layers", 2,
                "learning_rate", 1e-3,
                "batch_size", 2,
                "steps_per_report", 1,
                "steps_per_eval", 1000,
                "val_batches", -1));
        settings.putAll(given);
        settings.put(
                "lora_parameters", Map.of("rank", 4, "scale", 10.0, "dropout", settings.getOrDefault("dropout", 0.0)));
        settings.remove("dropout");
        return new TrainSpec(
                FIXTURE.model(),
                data,
                Optional.empty(),
                folder.resolve(name),
                TrainSettings.fromMap(settings),
                Optional.empty(),
                true,
                true);
    }

    private List<TrainEvent> train(String name, Map<String, Object> settings, Consumer<TrainEvent> listener) {
        List<TrainEvent> events = new ArrayList<>();
        Trainer.run(
                spec(name, settings),
                event -> {
                    events.add(event);
                    listener.accept(event);
                },
                () -> false);
        return events;
    }

    private static <T> List<T> all(List<TrainEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpo", "orpo"})
    void aRunRaisesTheMargin(String mode) {
        List<TrainEvent> events = train(mode, Map.of("train_mode", mode, "iters", 15), event -> {});
        TrainEvent.Started started = all(events, TrainEvent.Started.class).getFirst();
        assertThat(started.trainRows()).isEqualTo(6);
        assertThat(all(events, TrainEvent.Referenced.class))
                .isEqualTo(mode.equals("dpo") ? List.of(new TrainEvent.Referenced(36, 36)) : List.of());
        assertThat(started.validRows()).isEqualTo(6);
        List<TrainEvent.Validated> validated = all(events, TrainEvent.Validated.class);
        TrainEvent.Validated before = validated.getFirst();
        TrainEvent.Validated after = validated.getLast();
        assertThat(after.valLoss()).isLessThan(before.valLoss());
        assertThat(after.metrics().get("reward_margin"))
                .isGreaterThan(before.metrics().get("reward_margin"));
        assertThat(after.metrics().get("reward_accuracy")).isGreaterThan(0.9);
        if (mode.equals("dpo")) {
            assertThat(before.valLoss()).isCloseTo(Math.log(2), within(1e-4));
            assertThat(before.metrics().get("reward_margin")).isCloseTo(0, within(1e-3));
        }
        TrainEvent.Report last = all(events, TrainEvent.Report.class).getLast();
        assertThat(last.metrics()).containsOnlyKeys(Preferences.METRICS);
        assertThat(Files.exists(folder.resolve(mode).resolve("reference.json"))).isEqualTo(mode.equals("dpo"));

        double tested = all(events, TrainEvent.Tested.class).getFirst().testLoss();
        TrainEvent.Tested apart = Tester.run(
                FIXTURE.model(),
                Optional.of(folder.resolve(mode)),
                data,
                spec(mode, Map.of("train_mode", mode)).settings());
        assertThat(apart.testLoss()).isCloseTo(tested, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"dpo, 3", "orpo, 6"})
    void goesOnFromACheckpointBitForBit(String mode, int killed) throws IOException {
        Map<String, Object> settings =
                Map.of("train_mode", mode, "iters", 8, "save_every", 2, "dropout", 0.2, "grad_accumulation_steps", 2);
        List<TrainEvent> alone = train("alone", settings, event -> {});
        assertThatThrownBy(() -> train("killed", settings, event -> {
                    if (event instanceof TrainEvent.Report report && report.iteration() == killed + 1) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        List<TrainEvent> rest = train("killed", settings, event -> {});
        int first = all(rest, TrainEvent.Started.class).getFirst().firstIteration();
        assertThat(first).isEqualTo(killed / 2 * 2 + 1);
        List<String> losses = TinyTraining.losses(alone);
        assertThat(TinyTraining.losses(rest)).isEqualTo(losses.subList(first - 1, 8));
        assertThat(new TinyTraining(folder).weights("killed")).isEqualTo(new TinyTraining(folder).weights("alone"));
    }

    @Test
    void aReferenceIsComputedOnceAndOnlyForWhatIsNew() throws IOException {
        Map<String, Object> settings = Map.of("train_mode", "dpo", "iters", 2, "save_every", 1);
        train("run", settings, event -> {});
        Path file = folder.resolve("run").resolve("reference.json");
        byte[] kept = Files.readAllBytes(file);
        var written = Files.getLastModifiedTime(file);
        train("run", Map.of("train_mode", "dpo", "iters", 4, "save_every", 1), event -> {});
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);

        // A number that is kept is used, so one that was changed shows in the loss.
        String changed = new String(kept).replaceAll(":(-?\\d+)\\.\\d+", ":$1.0");
        Path other = Files.createDirectories(folder.resolve("changed"));
        Files.writeString(other.resolve("reference.json"), changed);
        List<TrainEvent> events = train("changed", Map.of("train_mode", "dpo", "iters", 1), event -> {});
        assertThat(all(events, TrainEvent.Validated.class).getFirst().valLoss())
                .isNotCloseTo(Math.log(2), within(1e-4));

        // Those of another model are not.
        Path stale = Files.createDirectories(folder.resolve("stale"));
        Files.writeString(
                stale.resolve("reference.json"), changed.replaceFirst("\"model\":\"....", "\"model\":\"0000"));
        events = train("stale", Map.of("train_mode", "dpo", "iters", 1), event -> {});
        assertThat(all(events, TrainEvent.Validated.class).getFirst().valLoss()).isCloseTo(Math.log(2), within(1e-4));
        assertThat(Files.readString(stale.resolve("reference.json"))).doesNotContain("\"0000");
    }

    @Test
    void aRunThatIsStoppedWhileItsReferenceIsComputedGoesOn() throws IOException {
        Map<String, Object> settings = Map.of("train_mode", "dpo", "iters", 3, "val_batches", 0);
        train("alone", settings, event -> {});
        int[] polls = new int[1];
        TrainResult stopped = Trainer.run(spec("stopped", settings), event -> {}, () -> polls[0]++ >= 2);
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.iteration()).isZero();
        Path file = folder.resolve("stopped").resolve("reference.json");
        assertThat(Files.size(file))
                .isLessThan(Files.size(folder.resolve("alone").resolve("reference.json")));
        train("stopped", settings, event -> {});
        assertThat(file).hasSameTextualContentAs(folder.resolve("alone").resolve("reference.json"));
        assertThat(new TinyTraining(folder).weights("stopped")).isEqualTo(new TinyTraining(folder).weights("alone"));
    }

    @Test
    void rowsOfTheOtherKindNameTheSettingThatFits() throws IOException {
        assertThatThrownBy(() -> train("sft", Map.of("train_mode", "sft", "iters", 1), event -> {}))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("use train_mode dpo or orpo");
        Files.writeString(data.resolve("train.jsonl"), "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
        for (String mode : List.of("dpo", "orpo")) {
            assertThatThrownBy(() -> train(mode, Map.of("train_mode", mode, "iters", 1), event -> {}))
                    .isInstanceOf(RowException.class)
                    .hasMessageContaining("use train_mode sft");
        }
    }

    @Test
    void aDatasetWithNothingToLearnIsRefused() {
        assertThatThrownBy(() -> train("short", Map.of("train_mode", "orpo", "max_seq_length", 4), event -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train.jsonl")
                .hasMessageContaining("max_seq_length (now 4)");
    }
}
