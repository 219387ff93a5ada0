package org.mlxspring.engine.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a training run tells while it runs, in the order it happens. */
public sealed interface TrainEvent {

    /**
     * The reference of DPO is being computed, before {@link Started}; told now and then, and at its end.
     *
     * @param answers answers of all splits whose log-probabilities are known
     * @param total answers of all splits
     */
    record Referenced(int answers, int total) implements TrainEvent {}

    /**
     * Something that a person should know, though the run goes on.
     *
     * @param text a sentence
     */
    record Notice(String text) implements TrainEvent {}

    /**
     * The model is loaded and training begins.
     *
     * @param firstIteration 1, or the one after the checkpoint that the run goes on from
     * @param iterations the last iteration of the run
     * @param trainableParameters number of trained weights
     * @param totalParameters number of weights of the model, adapters left out, as mlx-lm counts
     * @param trainRows rows of the training split
     * @param validRows rows of the validation split
     * @param truncatedRows rows of the training split that are cut at {@code max_seq_length}
     * @param longestRow tokens of the longest row of the training split, before it is cut
     */
    record Started(
            int firstIteration,
            int iterations,
            long trainableParameters,
            long totalParameters,
            int trainRows,
            int validRows,
            int truncatedRows,
            int longestRow)
            implements TrainEvent {}

    /**
     * Means since the last report.
     *
     * @param iteration the iteration just finished, from 1
     * @param trainLoss mean loss per iteration
     * @param learningRate learning rate of the last update
     * @param iterationsPerSecond iterations per second
     * @param tokensPerSecond tokens with a target per second
     * @param trainedTokens tokens with a target since the start of the run
     * @param peakMemory peak of MLX's memory in GB (10^9 bytes)
     * @param gradNorm global L2 norm of the gradient of the last update, before it was clipped
     * @param metrics means of what the objective reports besides its loss, by name; empty for most runs
     */
    record Report(
            int iteration,
            double trainLoss,
            double learningRate,
            double iterationsPerSecond,
            double tokensPerSecond,
            long trainedTokens,
            double peakMemory,
            double gradNorm,
            Map<String, Double> metrics)
            implements TrainEvent {

        /** A report without further metrics. */
        public Report(
                int iteration,
                double trainLoss,
                double learningRate,
                double iterationsPerSecond,
                double tokensPerSecond,
                long trainedTokens,
                double peakMemory,
                double gradNorm) {
            this(
                    iteration,
                    trainLoss,
                    learningRate,
                    iterationsPerSecond,
                    tokensPerSecond,
                    trainedTokens,
                    peakMemory,
                    gradNorm,
                    Map.of());
        }
    }

    /**
     * A validation is done.
     *
     * @param iteration iterations finished before it; 0 for the one before training
     * @param valLoss mean loss per token
     * @param seconds how long it took
     * @param metrics means of what the objective reports besides its loss, by name
     * @param best whether it is the lowest loss so far, so that these weights are now the best adapter on disk
     */
    record Validated(int iteration, double valLoss, double seconds, Map<String, Double> metrics, boolean best)
            implements TrainEvent {

        /** A validation without further metrics. */
        public Validated(int iteration, double valLoss, double seconds) {
            this(iteration, valLoss, seconds, Map.of(), false);
        }
    }

    /**
     * A checkpoint is complete on disk.
     *
     * @param iteration the iteration it continues after
     * @param adapterFile the weights in it
     */
    record Saved(int iteration, Path adapterFile) implements TrainEvent {}

    /**
     * The test split was judged.
     *
     * @param testLoss mean loss per token
     * @param testPerplexity {@code exp(testLoss)}
     */
    record Tested(double testLoss, double testPerplexity) implements TrainEvent {}

    /**
     * The run ended and its adapter is on disk.
     *
     * @param iteration the last iteration
     * @param stopped whether it ended early because it was asked to stop; it can then be resumed
     * @param best with early stopping the validation whose weights the adapter has; empty when it has those of the last
     *     iteration
     */
    record Finished(int iteration, boolean stopped, Optional<Best> best) implements TrainEvent {

        /** An end with the weights of the last iteration. */
        public Finished(int iteration, boolean stopped) {
            this(iteration, stopped, Optional.empty());
        }
    }
}
