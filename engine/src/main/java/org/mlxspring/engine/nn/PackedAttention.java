package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;

/** {@code softmax(scale * q k^T + mask) v} on packed keys and values, which are never unpacked as a whole. */
final class PackedAttention {

    private PackedAttention() {}

    /**
     * @param q [batch, heads, length, features]
     * @return [batch, heads, length, value features]
     */
    static Array mix(Array q, KeysAndValues.Packed all, float scale, Mask mask) {
        int batch = q.dim(0);
        int heads = q.dim(1);
        int keyHeads = all.keys().scales().dim(1);
        int length = q.dim(2);
        Array grouped = q.multiply(scale).reshape(batch, keyHeads, heads / keyHeads, length, q.dim(3));
        Array scores = all.format().matmul(grouped, all.keys().map(part -> part.expandDims(2)));
        Array shares = MaskedScores.of(scores, mask).softmax(-1);
        Array mixed = all.format().matmulAcross(shares, all.values().map(part -> part.expandDims(2)));
        return mixed.reshape(batch, heads, length, mixed.dim(-1));
    }
}
