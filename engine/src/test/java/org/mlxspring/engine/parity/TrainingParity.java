package org.mlxspring.engine.parity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSettings;
import org.mlxspring.engine.train.TrainSpec;
import org.mlxspring.engine.train.Trainer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run from mlx-lm's starting weights, against the losses that mlx-lm reported and the weights it ended with. */
public final class TrainingParity {

    private static final JsonMapper JSON = new JsonMapper();
    private static final double LOSS = 1e-3;
    private static final double LOSS_OF_QUANTIZED = 5e-3;
    private static final double RATE = 1e-9;
    /** Of the way that the run moved the weights; see {@link #weights}. */
    private static final double WEIGHTS = 2e-2;

    private TrainingParity() {}

    /**
     * Trains, and compares.
     *
     * @param folder receives the trained adapter
     * @param checkpointing whether activations are computed again in the backward pass
     */
    public static List<Figure> of(Fixture fixture, Path folder, boolean checkpointing) throws IOException {
        JsonNode training = fixture.expected().path("training");
        List<TrainEvent> events = new ArrayList<>();
        Trainer.run(spec(fixture, folder, checkpointing), events::add, () -> false);

        double limit = isQuantized(fixture) ? LOSS_OF_QUANTIZED : LOSS;
        List<TrainEvent.Report> reports = only(events, TrainEvent.Report.class);
        List<JsonNode> theirs = training.path("train").valueStream().toList();
        List<TrainEvent.Validated> validations = only(events, TrainEvent.Validated.class);
        List<JsonNode> valid = training.path("valid").valueStream().toList();
        return List.of(
                new Figure("train", relative(reports, TrainEvent.Report::trainLoss, theirs, "train_loss"), limit),
                new Figure("valid", relative(validations, TrainEvent.Validated::valLoss, valid, "val_loss"), limit),
                new Figure("rate", absolute(reports, TrainEvent.Report::learningRate, theirs, "learning_rate"), RATE),
                new Figure("tokens", absolute(reports, TrainEvent.Report::trainedTokens, theirs, "trained_tokens"), 0),
                new Figure("weights", weights(fixture, folder), WEIGHTS));
    }

    /** The settings of the run that {@code expected.json} tells of. */
    private static TrainSpec spec(Fixture fixture, Path folder, boolean checkpointing) {
        JsonNode expected = fixture.expected();
        JsonNode training = expected.path("training");
        Map<String, Object> settings = new HashMap<>(Map.of(
                "iters",
                training.path("train").size(),
                "val_batches",
                -1,
                "steps_per_report",
                1,
                "steps_per_eval",
                10,
                "save_every",
                1000,
                "grad_checkpoint",
                checkpointing,
                "fine_tune_type",
                training.path("type").asString(),
                // Only with the mask does mlx-lm count the prompt's tokens.
                "mask_prompt",
                expected.path("first_row").path("prompt_tokens").asInt() > 0));
        for (String name : List.of(
                "optimizer",
                "optimizer_config",
                "learning_rate",
                "lr_schedule",
                "batch_size",
                "max_seq_length",
                "num_layers",
                "lora_parameters",
                "grad_accumulation_steps",
                "seed")) {
            if (training.hasNonNull(name)) {
                settings.put(name, JSON.convertValue(training.get(name), new TypeReference<Object>() {}));
            }
        }
        return new TrainSpec(
                fixture.model(),
                fixture.data(),
                Optional.empty(),
                folder,
                TrainSettings.fromMap(settings),
                Optional.of(fixture.path().resolve("adapter-start").resolve("adapters.safetensors")),
                false,
                false);
    }

    private static boolean isQuantized(Fixture fixture) {
        JsonNode config = JSON.readTree(fixture.model().resolve("config.json"));
        return config.has("quantization") || config.has("quantization_config");
    }

    private static <E> List<E> only(List<TrainEvent> events, Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <E> double relative(List<E> ours, ToDoubleFunction<E> value, List<JsonNode> theirs, String name) {
        requireAsMany(ours, theirs, name);
        double worst = 0;
        for (int i = 0; i < theirs.size(); i++) {
            double golden = theirs.get(i).path(name).asDouble();
            worst = Math.max(worst, Math.abs(value.applyAsDouble(ours.get(i)) - golden) / Math.abs(golden));
        }
        return worst;
    }

    private static <E> double absolute(List<E> ours, ToDoubleFunction<E> value, List<JsonNode> theirs, String name) {
        requireAsMany(ours, theirs, name);
        double worst = 0;
        for (int i = 0; i < theirs.size(); i++) {
            worst = Math.max(
                    worst,
                    Math.abs(value.applyAsDouble(ours.get(i))
                            - theirs.get(i).path(name).asDouble()));
        }
        return worst;
    }

    private static void requireAsMany(List<?> ours, List<?> theirs, String name) {
        if (ours.size() != theirs.size()) {
            throw new IllegalStateException(
                    "The run reported " + name + " " + ours.size() + " times; mlx-lm's " + theirs.size() + " times.");
        }
    }

    /** The distance of all trained weights from mlx-lm's, relative to the distance that the run moved mlx-lm's. */
    private static double weights(Fixture fixture, Path folder) throws IOException {
        String file = "adapters.safetensors";
        try (Scope scope = Scope.open()) {
            Map<String, Array> ours = Safetensors.load(folder.resolve(file));
            Map<String, Array> start =
                    Safetensors.load(fixture.path().resolve("adapter-start").resolve(file));
            Map<String, Array> end =
                    Safetensors.load(fixture.path().resolve("adapter-end").resolve(file));
            if (!ours.keySet().equals(end.keySet())) {
                throw new IllegalStateException("The run trained other weights than mlx-lm's: "
                        + new TreeSet<>(ours.keySet()) + "; mlx-lm's are " + new TreeSet<>(end.keySet()));
            }
            double apart = 0;
            double moved = 0;
            for (String name : end.keySet()) {
                float[] golden = end.get(name).toFloats();
                apart += squaredDistance(ours.get(name).toFloats(), golden);
                moved += squaredDistance(start.get(name).toFloats(), golden);
            }
            return Math.sqrt(apart / moved);
        }
    }

    private static double squaredDistance(float[] first, float[] second) {
        double sum = 0;
        for (int i = 0; i < second.length; i++) {
            double difference = first[i] - second[i];
            sum += difference * difference;
        }
        return sum;
    }
}
