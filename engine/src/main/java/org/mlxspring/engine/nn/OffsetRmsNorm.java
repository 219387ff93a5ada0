package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;

/** Root mean square normalisation over the last axis, scaled by 1 + weight, as Gemma keeps its weights. */
public record OffsetRmsNorm(Parameter weight, float eps) implements Norm {

    @Override
    public Array apply(Array x) {
        return Fast.rmsNorm(x, weight.value().add(1), eps);
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.parameter(path + ".weight", weight);
    }
}
