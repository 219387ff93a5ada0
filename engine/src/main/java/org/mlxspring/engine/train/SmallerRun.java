package org.mlxspring.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Settings of the same run that need less memory, those first that change it least. */
final class SmallerRun {

    private static final int SHORTEST = 128;
    /** What counts iterations, so that it grows when an update takes more of them. */
    private static final List<String> IN_ITERATIONS =
            List.of("iters", "steps_per_report", "steps_per_eval", "save_every", "val_batches", "test_batches");

    private SmallerRun() {}

    /**
     * With the batch in parts, the largest first, and only then with gradient checkpointing, which costs a third more time;
     * an update has the same rows with all of them.
     */
    static Stream<TrainSettings> batches(TrainSettings settings) {
        Stream<Boolean> checkpointing = settings.gradCheckpoint() ? Stream.of(true) : Stream.of(false, true);
        return checkpointing.flatMap(
                checkpoint -> parts(settings).map(parts -> inParts(checkpointed(settings, checkpoint), parts)));
    }

    /**
     * With gradient checkpointing, then a batch in parts as well, then shorter rows, then fewer layers.
     *
     * @param layers how many the model has
     */
    static Stream<TrainSettings> all(TrainSettings settings, int layers) {
        TrainSettings checkpointed = checkpointed(settings, true);
        TrainSettings single = inParts(checkpointed, Math.max(1, settings.batchSize() / settings.processes()));
        List<TrainSettings> shorter = halves(settings.maxSeqLength(), SHORTEST)
                .mapToObj(length -> with(single, Map.of("max_seq_length", length)))
                .toList();
        TrainSettings shortest = shorter.isEmpty() ? single : shorter.getLast();
        Stream<TrainSettings> fewer = halves(settings.numLayers() <= 0 ? layers : settings.numLayers(), 1)
                .mapToObj(trained -> with(shortest, Map.of("num_layers", trained)));
        return Stream.of(parts(settings).map(parts -> inParts(checkpointed, parts)), shorter.stream(), fewer)
                .flatMap(each -> each);
    }

    /** With the parts and the checkpointing of a run before, so that it can be gone on from. */
    static TrainSettings inPartsAs(TrainSettings before, TrainSettings settings) {
        boolean divides = before.batchSize() > 0 && settings.batchSize() % before.batchSize() == 0;
        return divides
                ? inParts(checkpointed(settings, before.gradCheckpoint()), settings.batchSize() / before.batchSize())
                : settings;
    }

    /** What differs, as settings are written: {@code grad_checkpoint true and batch_size 2}. */
    static String difference(TrainSettings before, TrainSettings after) {
        Map<String, Object> was = before.toMap();
        List<String> changed = new ArrayList<>();
        after.toMap().forEach((name, value) -> {
            if (!value.equals(was.get(name)) && (name.equals("iters") || !IN_ITERATIONS.contains(name))) {
                changed.add(name + " " + value);
            }
        });
        return changed.size() < 2
                ? String.join("", changed)
                : String.join(", ", changed.subList(0, changed.size() - 1)) + " and " + changed.getLast();
    }

    private static TrainSettings checkpointed(TrainSettings settings, boolean checkpoint) {
        return with(settings, Map.of("grad_checkpoint", checkpoint));
    }

    /** Each batch as several of as many rows together, whose gradients are added up before an update. */
    private static TrainSettings inParts(TrainSettings settings, int parts) {
        Map<String, Object> changed = new LinkedHashMap<>();
        changed.put("batch_size", settings.batchSize() / parts);
        changed.put("grad_accumulation_steps", Math.multiplyExact(settings.gradAccumulationSteps(), parts));
        Map<String, Object> all = settings.toMap();
        for (String name : IN_ITERATIONS) {
            int iterations = (Integer) all.get(name);
            changed.put(
                    name, iterations <= 0 ? iterations : (int) Math.min(Integer.MAX_VALUE, (long) iterations * parts));
        }
        return with(settings, changed);
    }

    /** How many equal parts a batch can have, of which all processes have their share, 1 first. */
    private static Stream<Integer> parts(TrainSettings settings) {
        return IntStream.rangeClosed(1, settings.batchSize())
                .filter(parts -> settings.batchSize() % (parts * settings.processes()) == 0)
                .boxed();
    }

    private static IntStream halves(int number, int least) {
        return IntStream.iterate(number / 2, half -> half >= least, half -> half / 2);
    }

    /** The same settings but for some, by their names. */
    static TrainSettings with(TrainSettings settings, Map<String, Object> changed) {
        Map<String, Object> all = new LinkedHashMap<>(settings.toMap());
        all.putAll(changed);
        return TrainSettings.fromMap(all);
    }
}
