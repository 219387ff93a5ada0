package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast.Mask;

/** A mask on scores of attention, where no fused kernel applies it. */
final class MaskedScores {

    private static final float LOWEST_FLOAT16 = -65504f;
    private static final float LOWEST_BFLOAT16 = -3.3895314e38f;

    private MaskedScores() {}

    /**
     * @param scores [batch, key heads, query heads per key head, length, key length]
     */
    static Array of(Array scores, Mask mask) {
        return switch (mask) {
            case Mask.None none -> scores;
            case Mask.Causal causal -> hidden(scores, causal(scores.dim(-2), scores.dim(-1)));
            case Mask.Of of -> {
                Array array = of.array().shape().length > 3 ? of.array().expandDims(2) : of.array();
                yield array.dtype() == DType.BOOL ? hidden(scores, array) : scores.add(array);
            }
            case Mask.Packed packed ->
                throw new IllegalArgumentException("scores of packed rows are masked row by row");
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
