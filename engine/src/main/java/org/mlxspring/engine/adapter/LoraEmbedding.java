package org.mlxspring.engine.adapter;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Embedding;
import org.mlxspring.engine.nn.EmbeddingAdapter;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.Weight;

/**
 * A low-rank adapter of an embedding: {@code y + scale * dropout(A[token] B)}, and the same when the embedding projects
 * back to tokens.
 *
 * @param a [tokens, rank] float32
 * @param b [rank, features] float32
 */
record LoraEmbedding(Parameter a, Parameter b, float scale, Dropout dropout) implements EmbeddingAdapter {

    /** A new adapter that changes nothing yet. */
    static LoraEmbedding create(Embedding layer, int rank, float scale, Dropout dropout, RandomState random) {
        return new LoraEmbedding(
                Initial.uniform(random, layer.tokens(), layer.tokens(), rank),
                Initial.zeros(rank, layer.features()),
                scale,
                dropout);
    }

    @Override
    public Array apply(Array rows, Array tokens) {
        Array z = dropout.apply(a.value().take(tokens, 0).matmul(b.value()));
        return rows.add(z.multiply(scale).astype(rows.dtype()));
    }

    @Override
    public Array project(Array product, Array input, Weight weight) {
        Array z = dropout.apply(input)
                .matmul(b.value().transpose())
                .matmul(a.value().transpose());
        return product.add(z.multiply(scale).astype(input.dtype()));
    }

    @Override
    public Array fuse(Array dense) {
        return dense.add(a.value().multiply(scale).matmul(b.value()).astype(dense.dtype()));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.parameter(path + ".lora_a", a);
        visitor.parameter(path + ".lora_b", b);
    }
}
