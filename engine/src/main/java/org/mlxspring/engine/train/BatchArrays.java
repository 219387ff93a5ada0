package org.mlxspring.engine.train;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.model.LanguageModel;

/**
 * A batch as a model reads it, in a {@link Layout}.
 *
 * @param input what features are computed from
 * @param mask which tokens each sees
 * @param places int32 [tokens], where in the flattened inputs a target that counts is predicted, row after row; one place
 *     if there is none
 * @param targets int32 [tokens], what is to be predicted there
 * @param tokens number of targets that count: neither masked nor padding
 */
record BatchArrays(ModelInput input, Mask mask, Array places, Array targets, int tokens) {

    /** The features that targets are predicted from: [tokens, features]. */
    Array features(LanguageModel model) {
        Array features = input.features(model, mask);
        return features.reshape(-1, features.dim(-1)).take(places, 0);
    }

    /** The same batch, computed from something else. */
    BatchArrays from(ModelInput other) {
        return new BatchArrays(other, mask, places, targets, tokens);
    }

    /** A batch in the layout that suits the device, in the current scope. */
    static BatchArrays of(Batch batch) {
        return Layout.of(Mlx.device()).arrays(batch);
    }

    /**
     * @param inputs int32 [batch, length], the tokens
     * @param starts for each row the place of its first token in the flattened inputs
     */
    static BatchArrays of(Array inputs, Mask mask, Batch batch, int[] starts) {
        int tokens = batch.targetCount();
        int count = Math.max(1, tokens);
        int[] places = new int[count];
        int[] targets = new int[count];
        int next = 0;
        for (int row = 0; row < batch.rows(); row++) {
            int[] spans = batch.targets()[row];
            for (int span = 0; span < spans.length; span += 2) {
                for (int token = spans[span]; token < spans[span + 1]; token++) {
                    places[next] = starts[row] + token - 1;
                    targets[next++] = batch.tokens()[row * batch.width() + token];
                }
            }
        }
        return new BatchArrays(
                new ModelInput.Tokens(inputs), mask, Array.of(places, count), Array.of(targets, count), tokens);
    }
}
