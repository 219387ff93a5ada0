package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Rope;

/** Gemma: norms scaled by 1 + weight, embeddings by the root of their size, and an MLP with GELU. */
final class Gemma {

    private Gemma() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config);
        Parts parts = new Parts(weights, sizes);
        Rope rope = rope(config, sizes.headDim());
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, false, Optional.empty()),
                                    false,
                                    Optional.of(rope),
                                    parts.mixer()),
                            parts.gatedMlp(path + ".mlp", false, Activation.GELU),
                            parts.offsetNorm(config, path + ".input_layernorm"),
                            parts.offsetNorm(config, path + ".post_attention_layernorm"));
                },
                parts.offsetNorm(config, "model.norm"),
                true,
                scaledEmbedding(sizes.hidden()));
    }

    /** The rotary embedding of Gemma and Gemma 2, which know no scaling. */
    static Rope rope(ModelConfig config, int headDim) {
        float base = RopeParameters.of(config).base(10_000);
        return new Rope.Geometric(headDim, config.boolOr("rope_traditional", false), base, 1f);
    }

    /** Embeddings times the root of their size. */
    static Peculiarities scaledEmbedding(int hidden) {
        float factor = (float) Math.sqrt(hidden);
        return Peculiarities.NONE.withEmbedded(x -> x.multiply(factor));
    }
}
