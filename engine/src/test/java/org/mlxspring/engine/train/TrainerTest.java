package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.adapter.AdapterException;
import org.mlxspring.engine.array.Scope;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TrainerTest {

    private TinyTraining tiny;

    @BeforeEach
    void tiny(@TempDir Path folder) {
        tiny = new TinyTraining(folder);
    }

    @Test
    void holdsTheSameNumberOfArraysAfterEveryStep() {
        List<Long> live = new ArrayList<>();
        long before = Scope.liveHandles();
        tiny.train("leak", Map.of("iters", 200, "steps_per_report", 1), event -> {
            if (event instanceof TrainEvent.Report) {
                live.add(Scope.liveHandles());
            }
        });
        assertThat(live).hasSize(200);
        assertThat(live.subList(1, 200)).containsOnly(live.get(1));
        assertThat(Scope.liveHandles()).isEqualTo(before);
    }

    @Test
    void holdsTheSameNumberOfArraysWithEveryKindOfStep() {
        List<Long> live = new ArrayList<>();
        Map<String, Object> settings = Map.of(
                "iters",
                40,
                "steps_per_report",
                2,
                "grad_accumulation_steps",
                2,
                "max_grad_norm",
                0.1,
                "loss_scale",
                "dynamic",
                "val_batches",
                1,
                "steps_per_eval",
                4,
                "save_every",
                5,
                "optimizer",
                "adamw");
        tiny.train("leak", settings, event -> {
            if (event instanceof TrainEvent.Report) {
                live.add(Scope.liveHandles());
            }
        });
        assertThat(live).hasSize(20);
        assertThat(live.subList(1, 20)).containsOnly(live.get(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 12})
    void goesOnFromACheckpointBitForBit(int killed) throws IOException {
        Map<String, Object> settings =
                Map.of("iters", 16, "save_every", 3, "batch_size", 3, "grad_accumulation_steps", 2, "dropout", 0.2);
        List<TrainEvent> alone = tiny.train("alone", settings, event -> {});
        assertThatThrownBy(() -> tiny.train("killed", settings, event -> {
                    if (event instanceof TrainEvent.Report report && report.iteration() == killed + 1) {
                        throw new Killed();
                    }
                }))
                .isInstanceOf(Killed.class);
        List<TrainEvent> rest = tiny.train("killed", settings, event -> {});

        int first = rest.stream()
                .filter(TrainEvent.Started.class::isInstance)
                .map(event -> ((TrainEvent.Started) event).firstIteration())
                .findFirst()
                .orElseThrow();
        assertThat(first).isEqualTo(killed / 3 * 3 + 1);
        List<String> expected = TinyTraining.losses(alone).subList(first - 1, 16);
        assertThat(TinyTraining.losses(rest)).isEqualTo(expected);
        assertThat(tiny.weights("killed")).isEqualTo(tiny.weights("alone"));
    }

    @Test
    void goesOnFromACheckpointOfAnEarlierVersion() throws IOException {
        Map<String, Object> settings = Map.of("iters", 8, "save_every", 3, "dropout", 0.2);
        List<TrainEvent> alone = tiny.train("alone", settings, event -> {});
        tiny.train("older", Map.of("iters", 3, "save_every", 3, "dropout", 0.2), event -> {});
        Path state = tiny.folder().resolve("older/0000003_state/state.json");
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(Files.readString(state));
        ((ObjectNode) json.path("progress")).remove(List.of("metricSums", "lossScale", "patience"));
        ObjectNode old = (ObjectNode) json.path("settings");
        old.retain(Stream.of(
                        "fine_tune_type",
                        "optimizer",
                        "mask_prompt",
                        "num_layers",
                        "batch_size",
                        "iters",
                        "val_batches",
                        "learning_rate",
                        "steps_per_report",
                        "max_seq_length",
                        "lora_parameters",
                        "seed")
                .toList());
        ((ObjectNode) old.path("lora_parameters")).remove("use_rslora");
        Files.writeString(state, json.toString());

        List<TrainEvent> rest = tiny.train("older", settings, event -> {});
        assertThat(TinyTraining.losses(rest))
                .isEqualTo(TinyTraining.losses(alone).subList(3, 8));
        assertThat(tiny.weights("older")).isEqualTo(tiny.weights("alone"));
    }

    @Test
    void keepsTheLastCheckpointsAndClearsWhatAKilledRunLeft() throws IOException {
        Path adapter = tiny.folder().resolve("some");
        Files.createDirectories(adapter.resolve(".state-123"));
        Files.writeString(adapter.resolve(".state-123/state.json"), "{");
        Files.writeString(adapter.resolve(".adapters.safetensors.tmp"), "half");
        tiny.train("some", Map.of("iters", 9, "save_every", 2, "keep_checkpoints", 2), event -> {});
        try (Stream<Path> files = Files.list(adapter)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            ".lock",
                            "0000006_adapters.safetensors",
                            "0000008_adapters.safetensors",
                            "0000008_state",
                            "adapter_config.json",
                            "adapters.safetensors");
        }
    }

    @Test
    void stopsWhenAskedWithACheckpointAndGoesOn() throws IOException {
        tiny.train("alone", Map.of("iters", 9), event -> {});
        int[] polls = new int[1];
        TrainResult stopped = Trainer.run(tiny.spec("stopped", Map.of("iters", 9)), event -> {}, () -> polls[0]++ == 4);
        assertThat(stopped).isEqualTo(new TrainResult(4, true, stopped.testLoss()));
        tiny.train("stopped", Map.of("iters", 9), event -> {});
        assertThat(tiny.weights("stopped")).isEqualTo(tiny.weights("alone"));
    }

    @Test
    void anAccumulatedUpdateIsThatOfTheWholeBatch() throws IOException {
        List<TrainEvent> whole = tiny.train("whole", Map.of("iters", 3, "batch_size", 4), event -> {});
        List<TrainEvent> halves =
                tiny.train("halves", Map.of("iters", 6, "batch_size", 2, "grad_accumulation_steps", 2), event -> {});
        float[] a = flat(tiny.weights("whole"));
        float[] b = flat(tiny.weights("halves"));
        assertThat(b).containsExactly(a, within(1e-4f));
        assertThat(TinyTraining.losses(whole)).hasSize(3);
        assertThat(TinyTraining.losses(halves)).hasSize(6);
    }

    @Test
    void fullTrainingChangesTheLayersAndWritesThem() throws IOException {
        List<TrainEvent> events = tiny.train(
                "full",
                Map.of("fine_tune_type", "full", "num_layers", 1, "iters", 10, "learning_rate", 1e-3),
                event -> {});
        List<String> losses = TinyTraining.losses(events);
        assertThat(Double.parseDouble(losses.getLast())).isLessThan(Double.parseDouble(losses.getFirst()));
        assertThat(tiny.weights("full").keySet())
                .contains("model.layers.3.self_attn.q_proj.weight", "model.layers.3.input_layernorm.weight")
                .allMatch(name -> name.startsWith("model.layers.3."));
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> tiny.train("a", Map.of("num_layers", 5), event -> {}))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("the model has 4 layers");
        assertThatThrownBy(() -> tiny.train("b", Map.of("keys", List.of("self_attn.query")), event -> {}))
                .hasMessageContaining("self_attn.query")
                .hasMessageContaining("self_attn.q_proj");
        tiny.train("c", Map.of("iters", 2, "save_every", 1), event -> {});
        assertThatThrownBy(
                        () -> tiny.train("c", Map.of("iters", 3, "save_every", 1, "learning_rate", 0.5), event -> {}))
                .hasMessageContaining("learning_rate")
                .hasMessageContaining("0.5");
    }

    @Test
    void twoRunsCannotTrainIntoOneFolder() {
        assertThatThrownBy(() -> tiny.train("one", Map.of("iters", 2), event -> {
                    if (event instanceof TrainEvent.Report) {
                        FolderLock.on(tiny.folder().resolve("one"));
                    }
                }))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("Another run is training into");
    }

    private static float[] flat(Map<String, List<Float>> weights) {
        List<Float> all = weights.keySet().stream()
                .sorted()
                .flatMap(name -> weights.get(name).stream())
                .toList();
        float[] flat = new float[all.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = all.get(i);
        }
        return flat;
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
