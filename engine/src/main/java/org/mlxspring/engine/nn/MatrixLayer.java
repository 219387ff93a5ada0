package org.mlxspring.engine.nn;

import java.util.Optional;

/** A layer made of one weight, to which an adapter can be attached. */
public sealed interface MatrixLayer extends Module permits Linear, SwitchLinear, Embedding {

    Weight weight();

    /** Replaces the weight by one of the same shape. */
    void setWeight(Weight weight);

    /** The adapter, if one is attached. */
    Optional<? extends Adapter> adapter();

    /** Takes the adapter off; the layer computes what it did before it was attached. */
    void removeAdapter();
}
