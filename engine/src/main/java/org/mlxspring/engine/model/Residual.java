package org.mlxspring.engine.model;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast;

/** How what a part of a layer gives is joined to the part's input. */
@FunctionalInterface
interface Residual {

    float LARGEST_FLOAT16 = 65504f;

    /** The sum. */
    Residual SUM = Fast::add;

    /** The sum with {@code factor} times what the part gives. */
    static Residual scaled(float factor) {
        return (x, given) -> x.add(given.multiply(factor));
    }

    /** The sum; of float16, kept within what float16 can hold. */
    static Residual clipped() {
        return (x, given) -> {
            if (x.dtype() != DType.FLOAT16) {
                return x.add(given);
            }
            Array sum = x.astype(DType.FLOAT32).add(given.astype(DType.FLOAT32));
            return sum.maximum(Array.of(-LARGEST_FLOAT16))
                    .minimum(Array.of(LARGEST_FLOAT16))
                    .astype(DType.FLOAT16);
        };
    }

    /**
     * @param x input of the part
     * @param given what the part gives for it
     */
    Array join(Array x, Array given);
}
