package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** {@code down(silu(gate(x)) * up(x))}. */
public record GatedMlp(Linear gate, Linear down, Linear up) implements Module {

    public Array apply(Array x) {
        Array g = gate.apply(x);
        return down.apply(g.multiply(g.sigmoid()).multiply(up.apply(x)));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        gate.visit(path + ".gate_proj", visitor);
        down.visit(path + ".down_proj", visitor);
        up.visit(path + ".up_proj", visitor);
    }
}
