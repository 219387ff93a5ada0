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
     * Rotates rows one behind the other, each from position 0, where {@link Fast#takesPacked}.
     *
     * @param x [1, heads, length, features]
     * @param lengths of the rows
     */
    Array apply(Array x, int[] lengths);

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

        @Override
        public Array apply(Array x, int[] lengths) {
            return Fast.rope(x, dims, traditional, base, scale, lengths);
        }
    }

    /**
     * Frequencies given one by one.
     *
     * @param freqs inverse frequencies [dims / 2] float32
     * @param magnitude factor on the features that are rotated
     */
    record Listed(int dims, boolean traditional, Array freqs, float magnitude) implements Rope {

        @Override
        public Array apply(Array x, int offset) {
            return Fast.rope(magnified(x), dims, traditional, freqs, 1f, offset);
        }

        @Override
        public Array apply(Array x, int[] lengths) {
            return Fast.rope(magnified(x), dims, traditional, freqs, 1f, lengths);
        }

        private Array magnified(Array x) {
            if (magnitude == 1) {
                return x;
            }
            int features = x.dim(-1);
            Array rotated = x.slice(-1, 0, dims).multiply(magnitude);
            return dims == features ? rotated : Array.concatenate(-1, rotated, x.slice(-1, dims, features));
        }
    }

    /**
     * Frequencies in a geometric series whose base grows with the length of the text, once that is longer than what the
     * model was trained with.
     *
     * @param factor how much longer texts may be
     * @param trained positions that the model was trained with
     */
    record Dynamic(int dims, boolean traditional, float base, float factor, int trained) implements Rope {

        @Override
        public Array apply(Array x, int offset) {
            double length = Math.max(x.dim(-2) + offset, trained);
            double stretched = factor * length / trained - (factor - 1);
            double grown = base * Math.pow(stretched, dims / (dims - 2.0));
            return Fast.rope(x, dims, traditional, (float) grown, 1f, offset);
        }

        /** The base is of each row's own length. */
        @Override
        public Array apply(Array x, int[] lengths) {
            return Array.concatenate(
                    2, x.split(2, lengths).stream().map(row -> apply(row, 0)).toArray(Array[]::new));
        }
    }
}
