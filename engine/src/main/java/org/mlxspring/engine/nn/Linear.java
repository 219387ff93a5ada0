package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;

/** {@code x W^T + b}, with W [out, in] and an optional bias [out]. */
public final class Linear implements MatrixLayer {

    private Weight weight;
    private final Optional<Parameter> bias;
    private Optional<LinearAdapter> adapter = Optional.empty();

    public Linear(Weight weight, Optional<Parameter> bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * @param x [..., in]
     * @return [..., out]
     */
    public Array apply(Array x) {
        if (adapter.isEmpty() && bias.isPresent() && weight instanceof DenseWeight dense) {
            return bias.get().value().addMatmul(x, dense.parameter().value().transpose());
        }
        Array product = adapter.isPresent() ? adapter.get().apply(x, weight) : weight.multiply(x);
        return bias.isPresent() ? product.add(bias.get().value()) : product;
    }

    public int inputs() {
        return weight.shape()[1];
    }

    public int outputs() {
        return weight.shape()[0];
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
    public Optional<LinearAdapter> adapter() {
        return adapter;
    }

    public void setAdapter(LinearAdapter newAdapter) {
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
        bias.ifPresent(present -> visitor.parameter(path + ".bias", present));
        adapter.ifPresent(present -> present.visit(path, visitor));
    }
}
