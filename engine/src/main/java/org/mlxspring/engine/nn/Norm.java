package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** A normalisation over the last axis. */
public sealed interface Norm extends Module permits RmsNorm, OffsetRmsNorm, LayerNorm, HeadLayerNorm, HeadLayerNorms {

    /**
     * @param x [..., features]
     * @return the same shape
     */
    Array apply(Array x);
}
