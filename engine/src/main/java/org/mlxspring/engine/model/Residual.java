package org.mlxspring.engine.model;

import org.mlxspring.engine.array.Array;

/** How what a part of a layer gives is joined to the part's input. */
@FunctionalInterface
interface Residual {

    /** The sum. */
    Residual SUM = Array::add;

    /** The sum with {@code factor} times what the part gives. */
    static Residual scaled(float factor) {
        return (x, given) -> x.add(given.multiply(factor));
    }

    /**
     * @param x input of the part
     * @param given what the part gives for it
     */
    Array join(Array x, Array given);
}
