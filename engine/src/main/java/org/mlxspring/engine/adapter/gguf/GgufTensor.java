package org.mlxspring.engine.adapter.gguf;

import java.util.function.Supplier;
import org.mlxspring.engine.array.Array;

/**
 * A tensor to be written.
 *
 * @param shape as in the model folder, rows first; GGUF lists it the other way round
 * @param values gives the values, of that shape, in the scope that is current when it is asked
 */
record GgufTensor(String name, int[] shape, Encoding encoding, Supplier<Array> values) {

    long elements() {
        long product = 1;
        for (int length : shape) {
            product *= length;
        }
        return product;
    }

    long bytes() {
        return encoding.bytes(elements());
    }
}
