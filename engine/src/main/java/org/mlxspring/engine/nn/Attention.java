package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;
import org.mlxspring.engine.array.Fast.Mask;

/**
 * Attention of query heads that share heads of keys and values.
 *
 * @param heads number of query heads
 * @param keyHeads number of heads of keys and values; divides {@code heads}
 * @param scale factor on the scores
 */
public record Attention(
        Linear query, Linear key, Linear value, Linear output, int heads, int keyHeads, float scale, Rope rope)
        implements Module {

    /**
     * @param x [batch, length, features]
     * @return the same shape
     */
    public Array apply(Array x, Mask mask, Optional<KeyValueCache> cache) {
        int batch = x.dim(0);
        int length = x.dim(1);
        Array q = split(query.apply(x), batch, length, heads);
        Array k = split(key.apply(x), batch, length, keyHeads);
        Array v = split(value.apply(x), batch, length, keyHeads);
        int offset = cache.map(KeyValueCache::offset).orElse(0);
        q = rope.apply(q, offset);
        k = rope.apply(k, offset);
        if (cache.isPresent()) {
            KeyValueCache.KeysAndValues all = cache.get().update(k, v);
            k = all.keys();
            v = all.values();
        }
        Array mixed = Fast.attention(q, k, v, scale, mask);
        return output.apply(mixed.transpose(0, 2, 1, 3).reshape(batch, length, -1));
    }

    private static Array split(Array x, int batch, int length, int parts) {
        return x.reshape(batch, length, parts, -1).transpose(0, 2, 1, 3);
    }

    @Override
    public void visit(String path, Visitor visitor) {
        query.visit(path + ".q_proj", visitor);
        key.visit(path + ".k_proj", visitor);
        value.visit(path + ".v_proj", visitor);
        output.visit(path + ".o_proj", visitor);
    }
}
