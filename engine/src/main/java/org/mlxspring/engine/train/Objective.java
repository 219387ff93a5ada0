package org.mlxspring.engine.train;

import java.util.List;
import java.util.function.Supplier;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.model.LanguageModel;

/**
 * What a run minimises. A batch's loss is a sum over what the objective counts (targets, or pairs of answers) and the
 * weight that the sum is divided by, so that batches of different sizes can be added up: an update and a validation are
 * means over all that was counted and not over batches.
 */
interface Objective {

    /**
     * The objective of a run.
     *
     * @param reader makes the arrays of its batches
     * @param references what the model gave to the answers before training, asked for only where it is needed
     */
    static Objective of(
            TrainSettings settings, LanguageModel model, BatchReader reader, Supplier<ReferenceScores> references) {
        float beta = (float) settings.beta();
        return switch (settings.trainMode()) {
            case SFT -> new SupervisedObjective(model, reader);
            case DPO -> new DpoObjective(model, reader, beta, references.get());
            case ORPO -> new OrpoObjective(model, reader, beta);
        };
    }

    /** What a batch gives to {@link #sums}, in the current scope; called outside of any gradient. */
    Inputs inputs(Batch batch);

    /**
     * The sum of the losses of a batch, a float32 scalar, and after it the sum of each of {@link #metrics}, likewise.
     * Called while the gradient of the first is traced.
     *
     * @param inputs those of {@link #inputs}
     * @param losses how the losses of single tokens are computed
     */
    List<Array> sums(Inputs inputs, TokenLosses losses);

    /** Names of what is reported besides the loss, such as {@code reward_margin}, in the order of {@link #sums}. */
    default List<String> metrics() {
        return List.of();
    }

    /**
     * A batch as arrays.
     *
     * @param rows what the model reads, and what it is to predict
     * @param further what else {@link #sums} needs
     * @param tokens targets that count, for the number of trained tokens and the tokens per second
     * @param weight what the sums of this batch are divided by; 0 when there is nothing in it to learn
     */
    record Inputs(BatchArrays rows, List<Array> further, int tokens, double weight) {}
}
