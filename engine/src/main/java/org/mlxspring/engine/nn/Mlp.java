package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/**
 * {@code second(activation(first(x)))}.
 *
 * @param firstName name of the first projection in weight files
 * @param secondName name of the second projection in weight files
 */
public record Mlp(Linear first, String firstName, Linear second, String secondName, Activation activation)
        implements FeedForward {

    @Override
    public Array apply(Array x) {
        return second.apply(activation.apply(first.apply(x)));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        first.visit(path + "." + firstName, visitor);
        second.visit(path + "." + secondName, visitor);
    }
}
