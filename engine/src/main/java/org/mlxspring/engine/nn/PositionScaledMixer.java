package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;

/**
 * Attention whose queries grow with their position p, by {@code 1 + beta log(1 + floor(p / original))}, so that attention
 * stays as sharp over long texts as over short ones (Llama 4, Ministral 3).
 *
 * @param original positions that the model was first trained with
 */
public record PositionScaledMixer(float scale, float beta, int original) implements Mixer {

    @Override
    public Array mix(Array q, KeysAndValues all, Mask mask) {
        int length = q.dim(2);
        int offset = all.length() - length;
        float[] factors = new float[length];
        for (int i = 0; i < length; i++) {
            factors[i] = (float) (1 + beta * Math.log1p((offset + i) / original));
        }
        Array grown = q.multiply(Array.of(factors, length, 1).astype(q.dtype()));
        return Mixer.scaled(scale).mix(grown, all, mask);
    }
}
