package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** {@code down(activation(gate(x)) * up(x))}. */
public record GatedMlp(Linear gate, Linear down, Linear up, Activation activation) implements FeedForward {

    @Override
    public Array apply(Array x) {
        return down.apply(activation.apply(gate.apply(x)).multiply(up.apply(x)));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        gate.visit(path + ".gate_proj", visitor);
        down.visit(path + ".down_proj", visitor);
        up.visit(path + ".up_proj", visitor);
    }
}
