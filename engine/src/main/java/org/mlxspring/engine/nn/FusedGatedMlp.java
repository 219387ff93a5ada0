package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** As {@link GatedMlp}, with one projection for gate and up, in this order. */
public record FusedGatedMlp(Linear gateUp, Linear down, Activation activation) implements FeedForward {

    @Override
    public Array apply(Array x) {
        Array both = gateUp.apply(x);
        int width = both.dim(-1) / 2;
        Array gate = both.slice(-1, 0, width);
        return down.apply(activation.apply(gate).multiply(both.slice(-1, width, 2 * width)));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        gateUp.visit(path + ".gate_up_proj", visitor);
        down.visit(path + ".down_proj", visitor);
    }
}
