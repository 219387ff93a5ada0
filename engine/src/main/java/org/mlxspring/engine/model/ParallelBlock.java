package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.nn.Attention;
import org.mlxspring.engine.nn.FeedForward;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.Norm;
import org.mlxspring.engine.nn.SlidingWindow;

/**
 * Attention and MLP beside each other: both work on the normed input, and both are added to it.
 *
 * @param window of the attention
 */
record ParallelBlock(Attention attention, FeedForward mlp, Norm norm, Optional<SlidingWindow> window)
        implements DecoderLayer {

    @Override
    public Array apply(Array x, Mask mask, Optional<KeyValueCache> cache) {
        Array h = norm.apply(x);
        return attention.apply(h, mask, cache).add(mlp.apply(h)).add(x);
    }

    @Override
    public void visit(String path, Visitor visitor) {
        attention.visit(path + ".self_attn", visitor);
        mlp.visit(path + ".mlp", visitor);
        norm.visit(path + ".input_layernorm", visitor);
    }
}
