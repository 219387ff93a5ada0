package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** The part of a layer that works on each position by itself: a dense MLP, or a mixture of experts. */
public interface FeedForward extends Module {

    /**
     * @param x [batch, length, features]
     * @return the same shape
     */
    Array apply(Array x);
}
