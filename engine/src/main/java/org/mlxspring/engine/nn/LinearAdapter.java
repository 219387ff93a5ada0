package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** An adapter of a {@link Linear} layer. */
public non-sealed interface LinearAdapter extends Adapter {

    /**
     * @param product what the weight gives for the input, without the layer's bias [..., out]
     * @param input [..., in]
     * @param weight of the layer
     * @return the adapted product [..., out]
     */
    Array apply(Array product, Array input, Weight weight);
}
