package org.mlxspring.engine.generate;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;

/** The attention mask of prompts that are padded on the left. */
final class Padding {

    private Padding() {}

    /**
     * @param padding number of padding tokens before each row
     * @param length new tokens
     * @param offset tokens seen before
     * @return bool [rows, 1, length, offset + length], true where a key is not padding and not later than the query; a
     *     padding query sees its own position, since an empty row has no softmax
     */
    static Array mask(int[] padding, int length, int offset) {
        Array queries = Array.arange(offset, offset + length, 1, DType.INT32).reshape(1, 1, length, 1);
        Array keys = Array.arange(0, offset + length, 1, DType.INT32).reshape(1, 1, 1, offset + length);
        Array first = Array.of(padding, padding.length, 1, 1, 1);
        Array seen = queries.greaterEqual(keys).and(keys.greaterEqual(first.minimum(queries)));
        return seen.broadcastTo(padding.length, 1, length, offset + length);
    }
}
