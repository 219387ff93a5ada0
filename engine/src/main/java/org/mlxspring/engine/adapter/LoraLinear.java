package org.mlxspring.engine.adapter;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.LowRank;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.LinearAdapter;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.Weight;

/**
 * A low-rank adapter of a linear layer: {@code y + scale * (dropout(x) A) B} (Hu et al., LoRA, 2021).
 *
 * @param a [in, rank] float32
 * @param b [rank, out] float32
 */
record LoraLinear(Parameter a, Parameter b, float scale, Dropout dropout) implements LinearAdapter {

    /** A new adapter that changes nothing yet. */
    static LoraLinear create(int inputs, int outputs, int rank, float scale, Dropout dropout, RandomState random) {
        return new LoraLinear(
                Initial.uniform(random, inputs, inputs, rank), Initial.zeros(rank, outputs), scale, dropout);
    }

    @Override
    public Array apply(Array input, Weight weight) {
        LowRank change = new LowRank(a.value(), b.value(), scale);
        return dropout.active()
                ? change.added(weight.multiply(input), dropout.apply(input))
                : weight.multiply(input, change);
    }

    @Override
    public Array fuse(Array dense) {
        Array delta = b.value()
                .transpose()
                .multiply(scale)
                .matmul(a.value().transpose())
                .astype(dense.dtype());
        return dense.add(delta);
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.parameter(path + ".lora_a", a);
        visitor.parameter(path + ".lora_b", b);
    }
}
