package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;

/**
 * Attention of query heads that share heads of keys and values.
 *
 * @param projections features to queries, keys and values
 * @param output mixed values back to features
 * @param outputName name of that projection in weight files
 * @param rope rotary embedding of queries and keys, where the layer has one
 * @param mixer how queries, keys and values become mixed values
 */
public record Attention(Projections projections, Linear output, String outputName, Optional<Rope> rope, Mixer mixer)
        implements Module {

    /** Attention whose output projection has the usual name {@code o_proj}. */
    public Attention(Projections projections, Linear output, Optional<Rope> rope, Mixer mixer) {
        this(projections, output, "o_proj", rope, mixer);
    }

    /**
     * @param x [batch, length, features]
     * @return the same shape
     */
    public Array apply(Array x, Mask mask, Optional<KeyValueCache> cache) {
        Projections.Projected projected = projections.apply(x);
        int offset = cache.map(KeyValueCache::offset).orElse(0);
        Array q = rotated(projected.queries(), offset);
        Array k = rotated(projected.keys(), offset);
        Array v = projected.values();
        KeysAndValues all = cache.isPresent() ? cache.get().update(k, v) : new KeysAndValues.Plain(k, v);
        Array mixed = mixer.mix(q, all, mask);
        return output.apply(mixed.transpose(0, 2, 1, 3).reshape(x.dim(0), x.dim(1), -1));
    }

    private Array rotated(Array x, int offset) {
        return rope.isPresent() ? rope.get().apply(x, offset) : x;
    }

    @Override
    public void visit(String path, Visitor visitor) {
        projections.visit(path, visitor);
        output.visit(path + "." + outputName, visitor);
        mixer.visit(path, visitor);
    }
}
