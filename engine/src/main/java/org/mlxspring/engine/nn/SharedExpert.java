package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/**
 * A mixture of experts and an expert that serves every token, weighted by a gate: {@code mixture(x) + sigmoid(gate(x)) *
 * shared(x)}.
 *
 * @param gate features to one number
 */
public record SharedExpert(MixtureOfExperts mixture, GatedMlp shared, Linear gate) implements FeedForward {

    @Override
    public Array apply(Array x) {
        return mixture.apply(x).add(gate.apply(x).sigmoid().multiply(shared.apply(x)));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        mixture.visit(path, visitor);
        shared.visit(path + ".shared_expert", visitor);
        gate.visit(path + ".shared_expert_gate", visitor);
    }
}
