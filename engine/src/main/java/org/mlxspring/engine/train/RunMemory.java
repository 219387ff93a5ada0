package org.mlxspring.engine.train;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.mlxspring.engine.array.ByteSize;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.model.ModelShape;
import org.mlxspring.engine.train.MemoryEstimate.Part;

/**
 * Whether a run fits into the memory of a machine, and the settings with which it does.
 *
 * @param model sizes of the base model
 * @param rows what is trained on
 * @param computation how the machine computes
 * @param limit bytes that arrays may fill
 */
record RunMemory(ModelShape model, TokenizedRows rows, Computation computation, long limit) {

    private static final int NAMED_PARTS = 3;

    /** What the batch needs that needs most. */
    MemoryEstimate estimate(TrainSettings settings) {
        MemoryEstimator estimator = new MemoryEstimator(model, settings, computation);
        Layout layout = Layout.of(computation.device());
        BatchIterator batches =
                BatchIterator.evaluation(rows, settings.batchSize(), settings.maxSeqLength(), new NumpyRandom(0), -1);
        Set<BatchShape> shapes = new HashSet<>();
        batches.forEachRemaining(batch -> shapes.add(BatchShape.of(batch, layout)));
        return shapes.stream()
                .map(estimator::estimate)
                .max(Comparator.comparingLong(MemoryEstimate::total))
                .orElseThrow();
    }

    /**
     * The settings to run with: those given, or where {@code auto_batch} asks for it, the same with a batch that fits.
     *
     * @throws IllegalArgumentException if nothing of the kind fits; the message names settings that do
     */
    TrainSettings fitting(TrainSettings settings) {
        if (fits(settings)) {
            return settings;
        }
        return settings.autoBatch()
                ? SmallerRun.batches(settings)
                        .filter(this::fits)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "auto_batch found no batch that fits. " + refusal(settings)))
                : refuse(settings);
    }

    private boolean fits(TrainSettings settings) {
        return estimate(settings).total() <= limit;
    }

    private TrainSettings refuse(TrainSettings settings) {
        throw new IllegalArgumentException(refusal(settings));
    }

    private String refusal(TrainSettings settings) {
        MemoryEstimate estimate = estimate(settings);
        String largest = estimate.parts().stream()
                .sorted(Comparator.comparingLong(Part::bytes).reversed())
                .limit(NAMED_PARTS)
                .map(part -> part.name() + " " + ByteSize.text(part.bytes()))
                .collect(Collectors.joining(", "));
        String advice = SmallerRun.all(settings, model.layers())
                .filter(this::fits)
                .findFirst()
                .map(smaller -> "It would fit with " + SmallerRun.difference(settings, smaller) + ".")
                .orElse("No settings make it fit: a smaller base model is needed, or one packed into 4 bits, or more"
                        + " memory.");
        return "The run needs about " + ByteSize.text(estimate.total()) + " of memory (" + largest
                + "), but it may use " + ByteSize.text(limit) + ". " + advice;
    }
}
