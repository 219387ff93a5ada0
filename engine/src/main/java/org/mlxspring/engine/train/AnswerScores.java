package org.mlxspring.engine.train;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.model.LanguageModel;

/** How likely a model finds the answers of a batch: of each row the log-probability of all its targets together. */
final class AnswerScores {

    private AnswerScores() {}

    /**
     * Whose the targets of a batch are, in the current scope: float32 [rows, targets], 1 where a target is the row's.
     */
    static Array owners(Batch batch) {
        int count = Math.max(1, batch.targetCount());
        float[] owned = new float[batch.rows() * count];
        int target = 0;
        for (int row = 0; row < batch.rows(); row++) {
            for (int i = lengths(batch)[row]; i > 0; i--) {
                owned[row * count + target++] = 1;
            }
        }
        return Array.of(owned, batch.rows(), count);
    }

    /** Number of targets of each row. */
    static int[] lengths(Batch batch) {
        int[] lengths = new int[batch.rows()];
        for (int row = 0; row < lengths.length; row++) {
            int[] spans = batch.targets()[row];
            for (int i = 0; i < spans.length; i += 2) {
                lengths[row] += spans[i + 1] - spans[i];
            }
        }
        return lengths;
    }

    /**
     * The sum of the log-probabilities of each row's targets, float32 [rows]; 0 for a row without targets.
     *
     * @param owners those of {@link #owners}
     */
    static Array of(LanguageModel model, BatchArrays rows, Array owners, TokenLosses losses) {
        Array each = losses.inFloat32(model, rows.features(model), rows.targets());
        return owners.matmul(each.negative().expandDims(-1)).squeeze(-1);
    }
}
