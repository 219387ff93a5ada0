package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** An adapter of a {@link Linear} layer. */
public non-sealed interface LinearAdapter extends Adapter {

    /**
     * @param input [..., in]
     * @param weight of the layer
     * @return what the adapted weight gives for the input, without the layer's bias [..., out]
     */
    Array apply(Array input, Weight weight);
}
