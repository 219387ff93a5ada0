package org.mlxspring.engine.model;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.nn.Module;
import org.mlxspring.engine.nn.Norm;

/**
 * A norm of a layer, in families that do not agree on its name.
 *
 * @param name in weight files, within the layer
 */
record NamedNorm(String name, Norm norm) implements Module {

    Array apply(Array x) {
        return norm.apply(x);
    }

    @Override
    public void visit(String path, Visitor visitor) {
        norm.visit(path + "." + name, visitor);
    }
}
