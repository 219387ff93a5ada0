package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Scope;

/**
 * Drops inputs at random while training. The mask depends on the seed of the step and on the number of the place it
 * stands at, so that a layer computed again in the backward pass drops the same inputs.
 *
 * @param probability of dropping a value, in [0, 1)
 * @param place number that differs for every dropout of a model
 * @param step the seed shared by all of them
 */
public record Dropout(float probability, int place, Step step) {

    /** Whether any input is dropped now. */
    public boolean active() {
        return probability > 0 && step.training;
    }

    public Array apply(Array x) {
        if (!active()) {
            return x;
        }
        try (Scope scope = Scope.open()) {
            Array key = Array.ofUnsigned(new int[] {step.first ^ place * 0x9E3779B9, step.second}, 2);
            Array kept = RandomState.bernoulli(1 - probability, key, x.shape());
            DType type = x.dtype();
            return scope.keep(x.multiply(1 / (1 - probability)).multiply(kept.astype(type)));
        }
    }

    /** Whether dropout is on, and the seed of the current step; one for all dropouts of a model. */
    public static final class Step {

        private boolean training;
        private int first;
        private int second;

        /** Turns dropout on with the two numbers of a random key. */
        public void train(int[] key) {
            training = true;
            first = key[0];
            second = key[1];
        }

        /** Turns dropout off. */
        public void evaluate() {
            training = false;
        }
    }
}
