package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** A row of W [tokens, features] per token; also usable as the projection back to tokens. */
public record Embedding(Parameter weight) implements Module {

    /**
     * @param tokens int32 [...]
     * @return [..., features]
     */
    public Array apply(Array tokens) {
        return weight.value().take(tokens, 0);
    }

    /**
     * @param x [..., features]
     * @return [..., tokens]
     */
    public Array asLinear(Array x) {
        return x.matmul(weight.value().transpose());
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.parameter(path + ".weight", weight);
    }
}
