package org.mlxspring.engine.generate;

import java.util.List;
import java.util.stream.Stream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.KeysAndValues;

/** Keys and values of all tokens, in the model's own precision. */
final class GrowingCache implements TrimmableCache {

    private final GrowingBuffer keys;
    private final GrowingBuffer values;
    private int offset;

    /**
     * @param owner scope that the buffers live in
     */
    GrowingCache(Scope owner) {
        keys = new GrowingBuffer(owner);
        values = new GrowingBuffer(owner);
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public KeysAndValues.Plain update(Array newKeys, Array newValues) {
        int before = offset;
        offset += newKeys.dim(2);
        return new KeysAndValues.Plain(keys.write(newKeys, before), values.write(newValues, before));
    }

    @Override
    public List<Array> held() {
        return Stream.concat(keys.held(), values.held()).toList();
    }

    /**
     * Keeps some rows of the batch, in the order given.
     *
     * @param rows their numbers, int32
     */
    void keepRows(Array rows) {
        keys.keepRows(rows);
        values.keepRows(rows);
    }

    @Override
    public void trim(int tokens) {
        offset -= tokens;
    }

    /** Gives up the memory. */
    void clear() {
        keys.clear();
        values.clear();
    }
}
