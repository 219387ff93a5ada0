package org.mlxspring.engine.model;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.SlidingWindow;

/** Llama and Mistral: grouped-query attention with rotary embedding, RMSNorm before each part, gated MLP. */
final class Llama {

    private Llama() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config);
        Rope rope = RopeScaling.build(config, sizes.headDim(), 10_000);
        return build(config, new Parts(weights, sizes), layer -> Optional.of(rope));
    }

    /**
     * @param rope the rotary embedding of a layer
     */
    static LanguageModel build(ModelConfig config, Parts parts, IntFunction<Optional<Rope>> rope) {
        boolean attentionBias = config.boolOr("attention_bias", false);
        boolean mlpBias = config.boolOr("mlp_bias", false);
        List<Optional<SlidingWindow>> windows = LayerTypes.windows(config);
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, attentionBias, Optional.empty()),
                                    attentionBias,
                                    rope.apply(layer),
                                    parts.mixer()),
                            parts.gatedMlp(path + ".mlp", mlpBias, Activation.SILU),
                            parts.norm(config, path + ".input_layernorm"),
                            parts.norm(config, path + ".post_attention_layernorm"),
                            Residual.SUM,
                            windows.get(layer));
                },
                parts.norm(config, "model.norm"),
                config.boolOr("tie_word_embeddings", true),
                Peculiarities.NONE);
    }
}
