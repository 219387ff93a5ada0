package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;

/**
 * Runs of the smallest llama, each in a folder of its own.
 *
 * @param folder holds the adapter folders
 * @param data the rows
 */
record TinyTraining(Path folder, Path data) {

    private static final Fixture LLAMA = new Fixture("llama");

    /** With the four rows that the model comes with. */
    TinyTraining(Path folder) {
        this(folder, LLAMA.data());
    }

    List<TrainEvent> train(String name, Map<String, Object> settings, Consumer<TrainEvent> listener) {
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

    TrainSpec spec(String name, Map<String, Object> given) {
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
                data,
                Optional.empty(),
                folder.resolve(name),
                TrainSettings.fromMap(settings),
                Optional.empty(),
                true,
                false);
    }

    /** Losses as texts, so that equal means the same bits. */
    static List<String> losses(List<TrainEvent> events) {
        return events.stream()
                .filter(TrainEvent.Report.class::isInstance)
                .map(event -> Double.toString(((TrainEvent.Report) event).trainLoss()))
                .toList();
    }

    Map<String, List<Float>> weights(String name) throws IOException {
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
}
