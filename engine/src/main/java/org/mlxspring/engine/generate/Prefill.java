package org.mlxspring.engine.generate;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.KeyValueCache;

/**
 * Shows a model a prompt before the first token is chosen. Keys and values alone are computed: of the last layer nothing
 * else, and no token scores.
 */
record Prefill(LanguageModel model, List<? extends KeyValueCache> caches) {

    /** Which keys the tokens of a part may look at. */
    interface Masks {

        /**
         * @param length tokens of the part
         * @param offset tokens before it
         */
        Mask of(int length, int offset);
    }

    /** The masks of texts without padding. */
    static Mask causal(int length, int offset) {
        return length == 1 ? new Mask.None() : new Mask.Causal();
    }

    /**
     * Reads all tokens but the last.
     *
     * @param tokens int32 [rows, length]
     * @param step most tokens of a row that are computed at a time
     */
    void run(Array tokens, int step, Masks masks) {
        int last = tokens.dim(1) - 1;
        for (int at = 0; at < last; at += step) {
            int end = Math.min(last, at + step);
            // Nothing of the graph is held while it is computed, so that buffers are used again.
            try (Scope part = Scope.open()) {
                model.read(
                        tokens.slice(1, at, end),
                        caches,
                        masks.of(end - at, caches.getFirst().offset()));
            }
            Mlx.eval(caches.stream().flatMap(cache -> cache.held().stream()).toList());
        }
    }
}
