package org.mlxspring.engine.nn;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;

/**
 * As {@link HeadLayerNorm}, with a tensor {@code norms.N.weight} for each head.
 *
 * @param weights [features per head] each
 */
public record HeadLayerNorms(List<Parameter> weights, float eps) implements Norm {

    /**
     * @param x [batch, length, heads, features per head]
     * @return the same shape
     */
    @Override
    public Array apply(Array x) {
        Array weight = Array.stack(0, weights.stream().map(Parameter::value).toList());
        return weight.multiply(Fast.layerNorm(x, Optional.empty(), Optional.empty(), eps));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        for (int i = 0; i < weights.size(); i++) {
            visitor.parameter(path + ".norms." + i + ".weight", weights.get(i));
        }
    }
}
