package org.mlxspring.engine.generate;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.KeysAndValues;

/**
 * A cache that is packed once it holds enough tokens; the step that brings the last of those still sees them as they
 * were, as in mlx-lm.
 */
final class PackingCache implements TrimmableCache {

    private final GrowingCache plain;
    private final PackedCache packed;
    private final int start;
    private boolean isPacked;

    /**
     * @param owner scope that the buffers live in
     */
    PackingCache(Scope owner, KeyPacking packing) {
        this(owner, packing, new GrowingCache(owner));
    }

    /**
     * @param before tokens seen so far
     */
    PackingCache(Scope owner, KeyPacking packing, GrowingCache before) {
        plain = before;
        packed = new PackedCache(owner, packing.format());
        start = packing.start();
    }

    @Override
    public int offset() {
        return current().offset();
    }

    @Override
    public KeysAndValues update(Array keys, Array values) {
        if (isPacked) {
            return packed.update(keys, values);
        }
        KeysAndValues.Plain all = plain.update(keys, values);
        if (plain.offset() >= start) {
            packed.update(all.keys(), all.values());
            plain.clear();
            isPacked = true;
        }
        return all;
    }

    @Override
    public List<Array> held() {
        return current().held();
    }

    @Override
    public void trim(int tokens) {
        current().trim(tokens);
    }

    private TrimmableCache current() {
        return isPacked ? packed : plain;
    }
}
