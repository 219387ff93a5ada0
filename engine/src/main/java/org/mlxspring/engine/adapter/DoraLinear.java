package org.mlxspring.engine.adapter;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.LowRank;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.LinearAdapter;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.Weight;

/**
 * A low-rank adapter of a linear layer whose rows keep a learned length: {@code m / |W + scale (A B)^T| * (y + scale *
 * (dropout(x) A) B)}, where no gradient flows through the norm (Liu et al., DoRA, 2024).
 *
 * @param a [in, rank] float32
 * @param b [rank, out] float32
 * @param magnitude length of each row of the adapted weight [out] float32
 */
record DoraLinear(Parameter a, Parameter b, Parameter magnitude, float scale, Dropout dropout)
        implements LinearAdapter {

    /** A new adapter that changes nothing yet. */
    static DoraLinear create(Linear layer, int rank, float scale, Dropout dropout, RandomState random) {
        return new DoraLinear(
                Initial.uniform(random, layer.inputs(), layer.inputs(), rank),
                Initial.zeros(rank, layer.outputs()),
                new Parameter(lengths(layer.weight().dense().astype(DType.FLOAT32))),
                scale,
                dropout);
    }

    @Override
    public Array apply(Array input, Weight weight) {
        Array adapted = new LowRank(a.value(), b.value(), scale).added(weight.multiply(input), dropout.apply(input));
        Array norm = lengths(weight.dense().add(delta())).stopGradient();
        return magnitude.value().divide(norm).astype(input.dtype()).multiply(adapted);
    }

    @Override
    public Array fuse(Array dense) {
        Array adapted = dense.add(delta().astype(dense.dtype()));
        return magnitude.value().divide(lengths(adapted)).expandDims(1).multiply(adapted);
    }

    private Array delta() {
        return b.value().transpose().multiply(scale).matmul(a.value().transpose());
    }

    static Array lengths(Array rows) {
        return rows.square().sum(-1, false).sqrt();
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.parameter(path + ".lora_a", a);
        visitor.parameter(path + ".lora_b", b);
        visitor.parameter(path + ".m", magnitude);
    }
}
