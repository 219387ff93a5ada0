package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** An adapter of a {@link SwitchLinear} layer. */
public non-sealed interface SwitchAdapter extends Adapter {

    /**
     * @param product what the experts' weights give, without their biases [..., 1, out]
     * @param input [..., 1, in]
     * @param experts indices [...]
     * @param sorted whether the indices ascend
     * @return the adapted product [..., 1, out]
     */
    Array apply(Array product, Array input, Array experts, boolean sorted);
}
