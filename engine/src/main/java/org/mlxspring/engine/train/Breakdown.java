package org.mlxspring.engine.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.data.Split;

/**
 * Says what there is to know when numbers stop being numbers: where, with which rows, and which weights are still good.
 *
 * @param spec the run
 */
record Breakdown(TrainSpec spec) {

    /**
     * A loss or a gradient is not finite.
     *
     * @param what what it is, with its value
     * @param iteration the iteration, from 1, nothing of which was applied
     * @param learningRate the rate that its update would have had
     * @param lossScale the scale that its gradients had
     */
    TrainException of(String what, int iteration, Batch batch, double learningRate, double lossScale) {
        return new TrainException("The " + what + " at iteration " + iteration
                + ", so the run ended; nothing of that iteration was applied or written. Its batch is " + rows(batch)
                + ". " + left(iteration) + " A lower learning_rate (now " + learningRate
                + "), a warm-up or max_grad_norm usually helps, and for a float16 model loss_scale 'dynamic'"
                + (lossScale == 1 ? "." : " (the loss scale was " + lossScale + ")."));
    }

    /**
     * The weights themselves are not finite.
     *
     * @param iteration iterations finished
     */
    TrainException ofWeights(int iteration, double learningRate) {
        return new TrainException("The trained weights are no longer finite numbers after iteration " + iteration
                + ", so the run ended and they were not written. " + left(iteration + 1)
                + " A lower learning_rate (now " + learningRate + "), a warm-up or max_grad_norm usually helps.");
    }

    private String rows(Batch batch) {
        int[] lines = Arrays.stream(batch.sources())
                .map(source -> source + 1)
                .distinct()
                .sorted()
                .toArray();
        String named = Arrays.stream(lines).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return (lines.length == 1 ? "row " : "rows ") + named + " of "
                + spec.data().place(Split.TRAIN);
    }

    /** A checkpoint is good when an iteration after it was finished with its weights. */
    private String left(int iteration) {
        Path folder = spec.adapterPath();
        Optional<Checkpoint> last = Checkpoint.lastWeights(folder, iteration - 1);
        Optional<Checkpoint> good = Checkpoint.lastWeights(folder, iteration - 2);
        if (good.isPresent()) {
            return "The last good checkpoint is of iteration " + good.get().iteration() + ", "
                    + good.get().weights() + "; give it as resume_adapter_file to start from it with other settings.";
        }
        return last.map(only -> "The only checkpoint, of iteration " + only.iteration() + ", " + only.weights()
                        + ", holds the very weights that led to this.")
                .orElse("There is no checkpoint yet.");
    }
}
