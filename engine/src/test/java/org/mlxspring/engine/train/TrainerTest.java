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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.adapter.AdapterException;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;

class TrainerTest {

    private static final Fixture LLAMA = new Fixture("llama");

    @TempDir
    Path folder;

    @Test
    void holdsTheSameNumberOfArraysAfterEveryStep() {
        List<Long> live = new ArrayList<>();
        long before = Scope.liveHandles();
        train("leak", Map.of("iters", 200, "steps_per_report", 1), event -> {
            if (event instanceof TrainEvent.Report) {
                live.add(Scope.liveHandles());
            }
        });
        assertThat(live).hasSize(200);
        assertThat(live.subList(1, 200)).containsOnly(live.get(1));
        assertThat(Scope.liveHandles()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 12})
    void goesOnFromACheckpointBitForBit(int killed) throws IOException {
        Map<String, Object> settings =
                Map.of("iters", 16, "save_every", 3, "batch_size", 3, "grad_accumulation_steps", 2, "dropout", 0.2);
        List<TrainEvent> alone = train("alone", settings, event -> {});
        assertThatThrownBy(() -> train("killed", settings, event -> {
                    if (event instanceof TrainEvent.Report report && report.iteration() == killed + 1) {
                        throw new Killed();
                    }
                }))
                .isInstanceOf(Killed.class);
        List<TrainEvent> rest = train("killed", settings, event -> {});

        int first = rest.stream()
                .filter(TrainEvent.Started.class::isInstance)
                .map(event -> ((TrainEvent.Started) event).firstIteration())
                .findFirst()
                .orElseThrow();
        assertThat(first).isEqualTo(killed / 3 * 3 + 1);
        List<String> expected = losses(alone).subList(first - 1, 16);
        assertThat(losses(rest)).isEqualTo(expected);
        assertThat(weights("killed")).isEqualTo(weights("alone"));
    }

    @Test
    void stopsWhenAskedWithACheckpointAndGoesOn() throws IOException {
        train("alone", Map.of("iters", 9), event -> {});
        int[] polls = new int[1];
        TrainResult stopped = Trainer.run(spec("stopped", Map.of("iters", 9)), event -> {}, () -> polls[0]++ == 4);
        assertThat(stopped).isEqualTo(new TrainResult(4, true, stopped.testLoss()));
        train("stopped", Map.of("iters", 9), event -> {});
        assertThat(weights("stopped")).isEqualTo(weights("alone"));
    }

    @Test
    void anAccumulatedUpdateIsThatOfTheWholeBatch() throws IOException {
        List<TrainEvent> whole = train("whole", Map.of("iters", 3, "batch_size", 4), event -> {});
        List<TrainEvent> halves =
                train("halves", Map.of("iters", 6, "batch_size", 2, "grad_accumulation_steps", 2), event -> {});
        float[] a = flat(weights("whole"));
        float[] b = flat(weights("halves"));
        assertThat(b).containsExactly(a, within(1e-4f));
        assertThat(losses(whole)).hasSize(3);
        assertThat(losses(halves)).hasSize(6);
    }

    @Test
    void aLossThatIsNoNumberEndsTheRunAndSaysWhatIsLeft() {
        assertThatThrownBy(() -> train("nan", Map.of("learning_rate", 1e30, "iters", 20, "save_every", 1), event -> {}))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("at iteration")
                .hasMessageContaining("_adapters.safetensors")
                .hasMessageContaining("learning_rate");
    }

    @Test
    void fullTrainingChangesTheLayersAndWritesThem() throws IOException {
        List<TrainEvent> events = train(
                "full",
                Map.of("fine_tune_type", "full", "num_layers", 1, "iters", 10, "learning_rate", 1e-3),
                event -> {});
        List<String> losses = losses(events);
        assertThat(Double.parseDouble(losses.getLast())).isLessThan(Double.parseDouble(losses.getFirst()));
        assertThat(weights("full").keySet())
                .contains("model.layers.3.self_attn.q_proj.weight", "model.layers.3.input_layernorm.weight")
                .allMatch(name -> name.startsWith("model.layers.3."));
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> train("a", Map.of("num_layers", 5), event -> {}))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("the model has 4 layers");
        assertThatThrownBy(() -> train("b", Map.of("keys", List.of("self_attn.query")), event -> {}))
                .hasMessageContaining("self_attn.query")
                .hasMessageContaining("self_attn.q_proj");
        train("c", Map.of("iters", 2, "save_every", 1), event -> {});
        assertThatThrownBy(() -> train("c", Map.of("iters", 3, "save_every", 1, "learning_rate", 0.5), event -> {}))
                .hasMessageContaining("learning_rate")
                .hasMessageContaining("0.5");
    }

    @Test
    void twoRunsCannotTrainIntoOneFolder() {
        assertThatThrownBy(() -> train("one", Map.of("iters", 2), event -> {
                    if (event instanceof TrainEvent.Report) {
                        FolderLock.on(folder.resolve("one"));
                    }
                }))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("Another run is training into");
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

    private TrainSpec spec(String name, Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "num_layers", 2,
                "learning_rate", 1e-3,
                "steps_per_report", 1,
                "val_batches", 0,
                "max_seq_length", 48));
        settings.putAll(given);
        Map<String, Object> lora = new HashMap<>(Map.of("rank", 4, "scale", 10.0));
        lora.put("dropout", settings.getOrDefault("dropout", 0.0));
        if (settings.containsKey("keys")) {
            lora.put("keys", settings.get("keys"));
        }
        settings.keySet().removeAll(List.of("dropout", "keys"));
        settings.put("lora_parameters", lora);
        return new TrainSpec(
                LLAMA.model(),
                LLAMA.data(),
                Optional.empty(),
                folder.resolve(name),
                TrainSettings.fromMap(settings),
                Optional.empty(),
                true,
                false);
    }

    /** Losses as texts, so that equal means the same bits. */
    private static List<String> losses(List<TrainEvent> events) {
        return events.stream()
                .filter(TrainEvent.Report.class::isInstance)
                .map(event -> Double.toString(((TrainEvent.Report) event).trainLoss()))
                .toList();
    }

    private Map<String, List<Float>> weights(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name));
                Scope scope = Scope.open()) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(file -> file.endsWith(".tmp"));
            Map<String, List<Float>> weights = new HashMap<>();
            for (Map.Entry<String, Array> entry : Safetensors.load(
                            folder.resolve(name).resolve("adapters.safetensors"))
                    .entrySet()) {
                List<Float> values = new ArrayList<>();
                for (float value : entry.getValue().toFloats()) {
                    values.add(value);
                }
                weights.put(entry.getKey(), values);
            }
            return weights;
        }
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
