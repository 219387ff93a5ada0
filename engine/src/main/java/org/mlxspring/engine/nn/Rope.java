package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;

/** Rotary position embedding. */
public sealed interface Rope {

    /**
     * @param x [batch, heads, length, features]
     * @param offset position of the first entry
     */
    Array apply(Array x, int offset);

    /**
     * Frequencies in a geometric series.
     *
     * @param dims how many features are rotated
     * @param traditional whether neighbouring features form pairs
     * @param base of the series
     * @param scale factor on positions
     */
    record Geometric(int dims, boolean traditional, float base, float scale) implements Rope {

        @Override
        public Array apply(Array x, int offset) {
            return Fast.rope(x, dims, traditional, base, scale, offset);
        }
    }

    /**
     * Frequencies given one by one.
     *
     * @param freqs inverse frequencies [dims / 2] float32
     */
    record Listed(int dims, boolean traditional, Array freqs) implements Rope {

        @Override
        public Array apply(Array x, int offset) {
            return Fast.rope(x, dims, traditional, freqs, 1f, offset);
        }
    }
}
