package org.mlxspring.engine.adapter;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Embedding;
import org.mlxspring.engine.nn.EmbeddingAdapter;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.Weight;

/**
 * A low-rank adapter of an embedding whose rows keep a learned length, see {@link DoraLinear}.
 *
 * @param a [tokens, rank] float32
 * @param b [rank, features] float32
 * @param magnitude length of each adapted embedding [tokens]
 */
record DoraEmbedding(Parameter a, Parameter b, Parameter magnitude, float scale, Dropout dropout)
        implements EmbeddingAdapter {

    /** A new adapter that changes nothing yet. */
    static DoraEmbedding create(Embedding layer, int rank, float scale, Dropout dropout, RandomState random) {
        return new DoraEmbedding(
                Initial.uniform(random, layer.tokens(), layer.tokens(), rank),
                Initial.zeros(rank, layer.features()),
                new Parameter(DoraLinear.lengths(layer.weight().dense())),
                scale,
                dropout);
    }

    @Override
    public Array apply(Array rows, Array tokens) {
        Array z = a.value().take(tokens, 0).multiply(scale).matmul(b.value());
        Array norm = DoraLinear.lengths(rows.add(z)).stopGradient();
        Array adapted = rows.add(dropout.apply(z).astype(rows.dtype()));
        return magnitude.value().take(tokens, 0).divide(norm).expandDims(-1).multiply(adapted);
    }

    @Override
    public Array project(Array product, Array input, Weight weight) {
        Array z = dropout.apply(input)
                .matmul(b.value().transpose())
                .matmul(a.value().transpose());
        Array adapted = product.add(z.multiply(scale).astype(input.dtype()));
        Array norm = DoraLinear.lengths(weight.dense().add(delta())).stopGradient();
        return magnitude.value().divide(norm).multiply(adapted);
    }

    @Override
    public Array fuse(Array dense) {
        Array adapted = dense.add(delta().astype(dense.dtype()));
        return magnitude
                .value()
                .divide(DoraLinear.lengths(adapted))
                .expandDims(1)
                .multiply(adapted);
    }

    private Array delta() {
        return a.value().multiply(scale).matmul(b.value());
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.parameter(path + ".lora_a", a);
        visitor.parameter(path + ".lora_b", b);
        visitor.parameter(path + ".m", magnitude);
    }
}
