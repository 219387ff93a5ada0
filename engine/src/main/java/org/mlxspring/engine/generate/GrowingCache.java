package org.mlxspring.engine.generate;

import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.KeyValueCache;

/** Keys and values of all tokens, in buffers that grow by a fixed number of tokens so that most updates copy nothing. */
final class GrowingCache implements KeyValueCache {

    private static final int STEP = 256;

    private final Scope owner;
    private @Nullable Array keys;
    private @Nullable Array values;
    private int offset;

    /**
     * @param owner scope that the buffers live in
     */
    GrowingCache(Scope owner) {
        this.owner = owner;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public KeysAndValues update(Array newKeys, Array newValues) {
        int before = offset;
        offset += newKeys.dim(2);
        keys = write(keys, newKeys, before);
        values = write(values, newValues, before);
        return new KeysAndValues(keys.slice(2, 0, offset), values.slice(2, 0, offset));
    }

    private Array write(@Nullable Array buffer, Array added, int at) {
        Array large = buffer;
        if (large == null || large.dim(2) < offset) {
            int[] shape = added.shape();
            shape[2] = (offset - at + STEP - 1) / STEP * STEP;
            Array room = Array.zeros(added.dtype(), shape);
            large = large == null ? room : Array.concatenate(2, large.slice(2, 0, at), room);
        }
        Array written = owner.take(large.sliceUpdate(added, 2, at));
        if (buffer != null) {
            buffer.close();
        }
        return written;
    }
}
