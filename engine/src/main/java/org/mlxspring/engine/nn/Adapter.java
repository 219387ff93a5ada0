package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** Something trained beside the weight of a {@link MatrixLayer} that changes what the layer computes. */
public sealed interface Adapter extends Module permits LinearAdapter, SwitchAdapter, EmbeddingAdapter {

    /**
     * The weight that gives the adapted output without this adapter.
     *
     * @param dense the layer's weight as plain numbers
     */
    Array fuse(Array dense);
}
