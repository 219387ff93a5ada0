package org.mlxspring.engine.model;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.nn.Attention;
import org.mlxspring.engine.nn.FeedForward;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.Norm;
import org.mlxspring.engine.nn.SlidingWindow;

/**
 * Attention and MLP, each after a norm and joined to its input.
 *
 * @param mlp a part of features to features
 * @param mlpName name of that part in weight files
 * @param window of the attention
 */
record TransformerBlock(
        Attention attention,
        FeedForward mlp,
        String mlpName,
        Norm inputNorm,
        Norm attentionNorm,
        Residual residual,
        Optional<SlidingWindow> window)
        implements DecoderLayer {

    /** A block whose second part has the usual name {@code mlp}. */
    TransformerBlock(
            Attention attention,
            FeedForward mlp,
            Norm inputNorm,
            Norm attentionNorm,
            Residual residual,
            Optional<SlidingWindow> window) {
        this(attention, mlp, "mlp", inputNorm, attentionNorm, residual, window);
    }

    /** A layer that sees the whole text and adds each part to its input as it is. */
    TransformerBlock(Attention attention, FeedForward mlp, Norm inputNorm, Norm attentionNorm) {
        this(attention, mlp, inputNorm, attentionNorm, Residual.SUM, Optional.empty());
    }

    @Override
    public Array apply(Array x, Mask mask, Optional<KeyValueCache> cache) {
        List<Array> in = Fast.fork(x, 2);
        Array h = residual.join(in.get(0), attention.apply(inputNorm.apply(in.get(1)), mask, cache));
        List<Array> between = Fast.fork(h, 2);
        return residual.join(between.get(0), mlp.apply(attentionNorm.apply(between.get(1))));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        attention.visit(path + ".self_attn", visitor);
        mlp.visit(path + "." + mlpName, visitor);
        inputNorm.visit(path + ".input_layernorm", visitor);
        attentionNorm.visit(path + ".post_attention_layernorm", visitor);
    }
}
