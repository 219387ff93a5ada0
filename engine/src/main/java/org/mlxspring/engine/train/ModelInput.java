package org.mlxspring.engine.train;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.model.LanguageModel;

/** What the features of a batch are computed from. */
sealed interface ModelInput {

    /**
     * Features before the projection to token scores.
     *
     * @return [batch, length, features]
     */
    Array features(LanguageModel model, Mask mask);

    /**
     * From the beginning.
     *
     * @param tokens int32 [batch, length]
     */
    record Tokens(Array tokens) implements ModelInput {

        @Override
        public Array features(LanguageModel model, Mask mask) {
            return model.features(tokens, mask);
        }
    }

    /**
     * From what the first layers gave.
     *
     * @param values [batch, length, features]
     * @param layers how many layers that were
     */
    record Activations(Array values, int layers) implements ModelInput {

        @Override
        public Array features(LanguageModel model, Mask mask) {
            return model.featuresAfter(layers, values, mask);
        }
    }
}
