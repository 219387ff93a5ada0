package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/**
 * A gated MLP per expert: {@code down(activation(gate(x)) * up(x))} with the weights of the experts chosen for each token.
 */
public record SwitchGlu(SwitchLinear gate, SwitchLinear up, SwitchLinear down, Gate activation) implements Module {

    private static final int SORT_FROM = 64;

    /** How gate and up become the input of the last projection. */
    @FunctionalInterface
    public interface Gate {

        Array apply(Array gate, Array up);

        /** {@code activation(gate) * up}. */
        static Gate of(Activation activation) {
            return (gate, up) -> activation.apply(gate).multiply(up);
        }
    }

    /**
     * @param x [batch, length, features]
     * @param experts indices [batch, length, chosen]
     * @return what each chosen expert gives [batch, length, chosen, features]
     */
    public Array apply(Array x, Array experts) {
        int[] shape = experts.shape();
        Array chosen = experts.stopGradient();
        if (experts.size() < SORT_FROM) {
            return mlp(x.expandDims(-2).expandDims(-2), chosen, false).squeeze(-2);
        }
        // Sorted by expert, each expert's matrix is read once.
        Array flat = chosen.reshape(-1);
        Array order = flat.argsort(0);
        Array back = order.argsort(0);
        Array tokens = x.reshape(-1, 1, x.dim(-1)).take(order.divideWhole(shape[2]), 0);
        Array sorted = mlp(tokens, flat.take(order, 0), true);
        return sorted.take(back, 0).reshape(shape[0], shape[1], shape[2], -1);
    }

    private Array mlp(Array x, Array experts, boolean sorted) {
        Array u = up.apply(x, experts, sorted);
        Array g = gate.apply(x, experts, sorted);
        return down.apply(activation.apply(g, u), experts, sorted);
    }

    @Override
    public void visit(String path, Visitor visitor) {
        gate.visit(path + ".gate_proj", visitor);
        up.visit(path + ".up_proj", visitor);
        down.visit(path + ".down_proj", visitor);
    }
}
