package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;

/** A row of W [tokens, features] per token; also usable as the projection back to tokens. */
public final class Embedding implements MatrixLayer {

    private Weight weight;
    private Optional<EmbeddingAdapter> adapter = Optional.empty();

    public Embedding(Weight weight) {
        this.weight = weight;
    }

    /**
     * @param tokens int32 [...]
     * @return [..., features]
     */
    public Array apply(Array tokens) {
        Array rows = weight.rows(tokens);
        return adapter.isPresent() ? adapter.get().apply(rows, tokens) : rows;
    }

    /**
     * @param x [..., features]
     * @return [..., tokens]
     */
    public Array asLinear(Array x) {
        Array product = weight.multiply(x);
        return adapter.isPresent() ? adapter.get().project(product, x, weight) : product;
    }

    public int tokens() {
        return weight.shape()[0];
    }

    public int features() {
        return weight.shape()[1];
    }

    @Override
    public Weight weight() {
        return weight;
    }

    @Override
    public void setWeight(Weight newWeight) {
        this.weight = newWeight;
    }

    @Override
    public Optional<EmbeddingAdapter> adapter() {
        return adapter;
    }

    public void setAdapter(EmbeddingAdapter newAdapter) {
        this.adapter = Optional.of(newAdapter);
    }

    @Override
    public void removeAdapter() {
        adapter = Optional.empty();
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.layer(path, this);
        weight.visit(path, visitor);
        adapter.ifPresent(present -> present.visit(path, visitor));
    }
}
