package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;

/**
 * Attention whose scores are kept within a cap: {@code softmax(cap tanh(scale q k^T / cap)) v}, as in Gemma 2.
 *
 * @param cap largest score
 */
public record SoftCappedMixer(float scale, float cap) implements Mixer {

    @Override
    public Array mix(Array q, KeysAndValues all, Mask mask) {
        KeysAndValues.Plain plain = all.plain("attention with capped scores");
        Array k = plain.keys();
        Array v = plain.values();
        int batch = q.dim(0);
        int heads = q.dim(1);
        int keyHeads = k.dim(1);
        int length = q.dim(2);
        Array grouped = q.multiply(scale).reshape(batch, keyHeads, heads / keyHeads, length, q.dim(3));
        Array scores = grouped.matmul(k.transpose(0, 1, 3, 2).expandDims(2));
        Array capped = MaskedScores.of(scores.divide(cap).tanh().multiply(cap), mask);
        Array mixed = capped.softmax(-1).matmul(v.expandDims(2));
        return mixed.reshape(batch, heads, length, v.dim(3));
    }
}
