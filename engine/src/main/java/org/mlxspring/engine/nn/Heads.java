package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** Features of a token as those of its heads, and back. Of a single token the order is the same both ways. */
final class Heads {

    private Heads() {}

    /** [batch, length, features] to [batch, heads, length, features per head]. */
    static Array split(Array x, int heads) {
        int batch = x.dim(0);
        int length = x.dim(1);
        return length == 1
                ? x.reshape(batch, heads, 1, -1)
                : x.reshape(batch, length, heads, -1).transpose(0, 2, 1, 3);
    }

    /** [batch, heads, length, features per head] to [batch, length, features]. */
    static Array joined(Array heads) {
        int batch = heads.dim(0);
        int length = heads.dim(2);
        return (length == 1 ? heads : heads.transpose(0, 2, 1, 3)).reshape(batch, length, -1);
    }
}
