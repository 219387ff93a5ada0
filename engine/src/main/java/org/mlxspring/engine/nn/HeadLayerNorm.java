package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;

/**
 * Normalisation of each head to mean 0 and variance 1, then scaled by weights of its own.
 *
 * @param weight [heads, features per head]
 */
public record HeadLayerNorm(Parameter weight, float eps) implements Norm {

    /**
     * @param x [batch, length, heads, features per head]
     * @return the same shape
     */
    @Override
    public Array apply(Array x) {
        return weight.value().multiply(Fast.layerNorm(x, Optional.empty(), Optional.empty(), eps));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.parameter(path + ".weight", weight);
    }
}
