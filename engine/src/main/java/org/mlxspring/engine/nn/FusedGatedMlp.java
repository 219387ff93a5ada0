package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** As {@link GatedMlp}, with one projection for gate and up, in this order. */
public record FusedGatedMlp(Linear gateUp, Linear down, Activation activation) implements FeedForward {

    @Override
    public Array apply(Array x) {
        return down.apply(activation.gated(gateUp.apply(x)));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        gateUp.visit(path + ".gate_up_proj", visitor);
        down.visit(path + ".down_proj", visitor);
    }
}
