package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** Something trained beside a linear layer that changes what it computes. */
public interface LinearAdapter extends Module {

    /**
     * @param output what the layer itself gives for the input [..., out]
     * @param input [..., in]
     * @return the adapted output [..., out]
     */
    Array apply(Array output, Array input);

    /** The weight [out, in] that gives the adapted output without this adapter. */
    Array fuse(Array weight);
}
