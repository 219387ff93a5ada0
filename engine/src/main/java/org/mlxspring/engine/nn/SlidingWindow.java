package org.mlxspring.engine.nn;

import java.util.OptionalInt;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast.Mask;

/**
 * Attention to the last few tokens only: position i sees position j where {@code i - size < j <= i}.
 *
 * @param size number of positions seen, a position's own included
 */
public record SlidingWindow(int size) {

    /**
     * Narrows a mask to the window.
     *
     * @param mask what may be seen without the window
     * @param queries positions that look
     * @param offset positions before them, which can be seen too
     */
    public Mask narrow(Mask mask, int queries, int offset) {
        int keys = offset + queries;
        if (keys <= size) {
            return mask;
        }
        Array positions = Array.arange(offset, keys, 1, DType.INT32).reshape(queries, 1);
        Array seen = Array.arange(0, keys, 1, DType.INT32).reshape(1, keys);
        Array near = positions.less(seen.add(Array.of(size)));
        return switch (mask) {
            case Mask.None none -> new Mask.Of(near);
            case Mask.Causal causal -> new Mask.Of(near.and(positions.greaterEqual(seen)));
            case Mask.Of of -> new Mask.Of(near.and(of.array()));
            case Mask.Packed packed -> new Mask.Packed(packed.lengths(), OptionalInt.of(size));
        };
    }
}
