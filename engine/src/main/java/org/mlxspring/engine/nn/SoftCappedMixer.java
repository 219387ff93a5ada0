package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast.Mask;

/**
 * Attention whose scores are kept within a cap: {@code softmax(cap tanh(scale q k^T / cap)) v}, as in Gemma 2.
 *
 * @param cap largest score
 */
public record SoftCappedMixer(float scale, float cap) implements Mixer {

    private static final float LOWEST_FLOAT16 = -65504f;
    private static final float LOWEST_BFLOAT16 = -3.3895314e38f;

    @Override
    public Array mix(Array q, Array k, Array v, Mask mask) {
        int batch = q.dim(0);
        int heads = q.dim(1);
        int keyHeads = k.dim(1);
        int length = q.dim(2);
        Array grouped = q.multiply(scale).reshape(batch, keyHeads, heads / keyHeads, length, q.dim(3));
        Array scores = grouped.matmul(k.transpose(0, 1, 3, 2).expandDims(2));
        Array capped = masked(scores.divide(cap).tanh().multiply(cap), mask);
        Array mixed = capped.softmax(-1).matmul(v.expandDims(2));
        return mixed.reshape(batch, heads, length, v.dim(3));
    }

    /**
     * @param scores [batch, key heads, query heads per key head, length, key length]
     */
    private static Array masked(Array scores, Mask mask) {
        return switch (mask) {
            case Mask.None none -> scores;
            case Mask.Causal causal -> hidden(scores, causal(scores.dim(-2), scores.dim(-1)));
            case Mask.Of of -> {
                Array array = of.array().shape().length > 3 ? of.array().expandDims(2) : of.array();
                yield array.dtype() == DType.BOOL ? hidden(scores, array) : scores.add(array);
            }
        };
    }

    private static Array causal(int length, int keys) {
        Array positions = Array.arange(keys - length, keys, 1, DType.INT32).reshape(length, 1);
        return positions.greaterEqual(Array.arange(0, keys, 1, DType.INT32).reshape(1, keys));
    }

    private static Array hidden(Array scores, Array seen) {
        float lowest =
                switch (scores.dtype()) {
                    case FLOAT16 -> LOWEST_FLOAT16;
                    case BFLOAT16 -> LOWEST_BFLOAT16;
                    default -> -Float.MAX_VALUE;
                };
        return seen.where(scores, Array.of(lowest).astype(scores.dtype()));
    }
}
