package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;

/** One linear layer per expert: W [experts, out, in] and an optional bias [experts, out]. */
public final class SwitchLinear implements MatrixLayer {

    private Weight weight;
    private final Optional<Parameter> bias;
    private Optional<SwitchAdapter> adapter = Optional.empty();

    public SwitchLinear(Weight weight, Optional<Parameter> bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * @param x [..., 1, in]
     * @param experts indices [...], which expert serves which entry
     * @param sorted whether the indices ascend
     * @return [..., 1, out]
     */
    public Array apply(Array x, Array experts, boolean sorted) {
        Array product = weight.multiplyChosen(x, experts, sorted);
        Array adapted = adapter.isPresent() ? adapter.get().apply(product, x, experts, sorted) : product;
        return bias.isPresent()
                ? adapted.add(bias.get().value().take(experts, 0).expandDims(-2))
                : adapted;
    }

    public int experts() {
        return weight.shape()[0];
    }

    public int inputs() {
        return weight.shape()[2];
    }

    public int outputs() {
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
    public Optional<SwitchAdapter> adapter() {
        return adapter;
    }

    public void setAdapter(SwitchAdapter newAdapter) {
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
