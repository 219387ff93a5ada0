package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;

/** {@code x W^T + b}, with W [out, in] and an optional bias [out]. */
public final class Linear implements Module {

    private final Parameter weight;
    private final Optional<Parameter> bias;
    private Optional<LinearAdapter> adapter = Optional.empty();

    public Linear(Parameter weight, Optional<Parameter> bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * @param x [..., in]
     * @return [..., out]
     */
    public Array apply(Array x) {
        Array transposed = weight.value().transpose();
        Array output = bias.isPresent() ? bias.get().value().addMatmul(x, transposed) : x.matmul(transposed);
        return adapter.isPresent() ? adapter.get().apply(output, x) : output;
    }

    public int inputs() {
        return weight.value().dim(1);
    }

    public int outputs() {
        return weight.value().dim(0);
    }

    public Parameter weight() {
        return weight;
    }

    public Optional<LinearAdapter> adapter() {
        return adapter;
    }

    public void setAdapter(LinearAdapter newAdapter) {
        this.adapter = Optional.of(newAdapter);
    }

    /** Adds the adapter to the weight and removes it. */
    public void fuseAdapter() {
        adapter.ifPresent(present -> weight.set(present.fuse(weight.value())));
        adapter = Optional.empty();
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.linear(path, this);
        visitor.parameter(path + ".weight", weight);
        bias.ifPresent(present -> visitor.parameter(path + ".bias", present));
        adapter.ifPresent(present -> present.visit(path, visitor));
    }
}
