package org.mlxspring.engine.nn;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;
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
        Array mixed = mask instanceof Mask.Packed rows && !takesPacked(projected)
                ? rowByRow(projected, rows)
                : mixed(projected, mask, cache);
        return output.apply(Heads.joined(mixed));
    }

    private boolean takesPacked(Projections.Projected projected) {
        return mixer.mixesPacked() && Fast.takesPacked(projected.queries(), projected.keys(), projected.values());
    }

    /** [batch, heads, length, value features]. */
    private Array mixed(Projections.Projected projected, Mask mask, Optional<KeyValueCache> cache) {
        int offset = cache.map(KeyValueCache::offset).orElse(0);
        Array q = rotated(projected.queries(), mask, offset);
        Array k = rotated(projected.keys(), mask, offset);
        Array v = projected.values();
        KeysAndValues all = cache.isPresent() ? cache.get().update(k, v) : new KeysAndValues.Plain(k, v);
        return mixer.mix(q, all, mask);
    }

    /** Each row as a text of its own, so that whatever the layer does with positions and masks it does here too. */
    private Array rowByRow(Projections.Projected projected, Mask.Packed rows) {
        int[] lengths = rows.lengths();
        List<Array> q = projected.queries().split(2, lengths);
        List<Array> k = projected.keys().split(2, lengths);
        List<Array> v = projected.values().split(2, lengths);
        Array[] mixed = new Array[lengths.length];
        for (int row = 0; row < mixed.length; row++) {
            Mask mask = new Mask.Causal();
            if (rows.window().isPresent()) {
                mask = new SlidingWindow(rows.window().getAsInt()).narrow(mask, lengths[row], 0);
            }
            mixed[row] = mixed(new Projections.Projected(q.get(row), k.get(row), v.get(row)), mask, Optional.empty());
        }
        return Array.concatenate(2, mixed);
    }

    private Array rotated(Array x, Mask mask, int offset) {
        if (rope.isEmpty()) {
            return x;
        }
        return mask instanceof Mask.Packed rows
                ? rope.get().apply(x, rows.lengths())
                : rope.get().apply(x, offset);
    }

    @Override
    public void visit(String path, Visitor visitor) {
        projections.visit(path, visitor);
        output.visit(path + "." + outputName, visitor);
        mixer.visit(path, visitor);
    }
}
