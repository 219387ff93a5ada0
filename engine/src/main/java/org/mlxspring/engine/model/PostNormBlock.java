package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.nn.Attention;
import org.mlxspring.engine.nn.FeedForward;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.Norm;

/**
 * Attention and MLP, each before a norm and added to its input.
 *
 * @param mlp a part of features to features
 */
record PostNormBlock(Attention attention, FeedForward mlp, Norm attentionNorm, Norm mlpNorm) implements DecoderLayer {

    @Override
    public Array apply(Array x, Mask mask, Optional<KeyValueCache> cache) {
        Array h = x.add(attentionNorm.apply(attention.apply(x, mask, cache)));
        return h.add(mlpNorm.apply(mlp.apply(h)));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        attention.visit(path + ".self_attn", visitor);
        mlp.visit(path + ".mlp", visitor);
        attentionNorm.visit(path + ".post_attention_layernorm", visitor);
        mlpNorm.visit(path + ".post_feedforward_layernorm", visitor);
    }
}
