package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Quantization;

/** The keys and values that queries look at. */
public sealed interface KeysAndValues {

    /** Number of positions. */
    int length();

    /**
     * The same as plain arrays.
     *
     * @param attention what reads them, for the message
     * @throws UnsupportedOperationException if they are packed
     */
    Plain plain(String attention);

    /**
     * In the model's own precision.
     *
     * @param keys [batch, key heads, length, features]
     * @param values [batch, key heads, length, value features]
     */
    record Plain(Array keys, Array values) implements KeysAndValues {

        @Override
        public int length() {
            return keys.dim(2);
        }

        @Override
        public Plain plain(String attention) {
            return this;
        }
    }

    /**
     * In few bits; each group of features shares a scale and a bias.
     *
     * @param keys of [batch, key heads, length, features]
     * @param values of [batch, key heads, length, value features]
     */
    record Packed(Quantization format, Quantization.Packed keys, Quantization.Packed values) implements KeysAndValues {

        @Override
        public int length() {
            return keys.scales().dim(2);
        }

        @Override
        public Plain plain(String attention) {
            throw new UnsupportedOperationException(attention + " cannot read packed keys and values");
        }
    }
}
