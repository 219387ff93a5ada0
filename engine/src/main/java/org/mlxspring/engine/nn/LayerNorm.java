package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;

/** Normalisation to mean 0 and variance 1 over the last axis, then scaled by a weight and moved by a bias. */
public record LayerNorm(Optional<Parameter> weight, Optional<Parameter> bias, float eps) implements Norm {

    @Override
    public Array apply(Array x) {
        return Fast.layerNorm(x, weight.map(Parameter::value), bias.map(Parameter::value), eps);
    }

    @Override
    public void visit(String path, Visitor visitor) {
        weight.ifPresent(each -> visitor.parameter(path + ".weight", each));
        bias.ifPresent(each -> visitor.parameter(path + ".bias", each));
    }
}
