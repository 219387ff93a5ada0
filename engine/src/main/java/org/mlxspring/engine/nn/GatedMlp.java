package org.mlxspring.engine.nn;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;

/**
 * {@code down(activation(gate(x)) * up(x))}.
 *
 * @param order in which the projections are shown
 */
public record GatedMlp(Linear gate, Linear down, Linear up, Activation activation, Order order) implements FeedForward {

    /** Orders in which families declare the projections. */
    public enum Order {
        GATE_DOWN_UP,
        GATE_UP_DOWN
    }

    /** Projections in the usual order: gate, down, up. */
    public GatedMlp(Linear gate, Linear down, Linear up, Activation activation) {
        this(gate, down, up, activation, Order.GATE_DOWN_UP);
    }

    @Override
    public Array apply(Array x) {
        List<Array> in = Fast.fork(x, 2);
        return down.apply(activation.gated(gate.apply(in.get(0)), up.apply(in.get(1))));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        gate.visit(path + ".gate_proj", visitor);
        switch (order) {
            case GATE_DOWN_UP -> {
                down.visit(path + ".down_proj", visitor);
                up.visit(path + ".up_proj", visitor);
            }
            case GATE_UP_DOWN -> {
                up.visit(path + ".up_proj", visitor);
                down.visit(path + ".down_proj", visitor);
            }
        }
    }
}
