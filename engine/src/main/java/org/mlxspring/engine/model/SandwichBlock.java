package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.nn.Attention;
import org.mlxspring.engine.nn.FeedForward;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.SlidingWindow;

/**
 * Attention and MLP, each between two norms and joined to its input.
 *
 * @param mlp a part of features to features
 * @param window of the attention
 */
record SandwichBlock(
        Attention attention, FeedForward mlp, Norms norms, Residual residual, Optional<SlidingWindow> window)
        implements DecoderLayer {

    record Norms(NamedNorm beforeAttention, NamedNorm afterAttention, NamedNorm beforeMlp, NamedNorm afterMlp) {}

    @Override
    public Array apply(Array x, Mask mask, Optional<KeyValueCache> cache) {
        Array attended = attention.apply(norms.beforeAttention().apply(x), mask, cache);
        Array h = residual.join(x, norms.afterAttention().apply(attended));
        return residual.join(
                h, norms.afterMlp().apply(mlp.apply(norms.beforeMlp().apply(h))));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        attention.visit(path + ".self_attn", visitor);
        mlp.visit(path + ".mlp", visitor);
        norms.beforeAttention().visit(path, visitor);
        norms.afterAttention().visit(path, visitor);
        norms.beforeMlp().visit(path, visitor);
        norms.afterMlp().visit(path, visitor);
    }
}
