package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.QueryKeyNorm;
import org.mlxspring.engine.nn.Rope;

/** OLMo 2: norms after each part instead of before it, and of all heads of queries and keys together. */
final class Olmo2 {

    private Olmo2() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config);
        Parts parts = new Parts(weights, sizes);
        Rope rope = RopeScaling.build(config, sizes.headDim(), 10_000);
        boolean bias = config.boolOr("attention_bias", false);
        boolean mlpBias = config.boolOr("mlp_bias", false);
        float eps = config.requiredFloat("rms_norm_eps");
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    QueryKeyNorm norm = new QueryKeyNorm.AllHeads(
                            weights.rmsNorm(attention + ".q_norm", sizes.heads() * sizes.headDim(), eps),
                            weights.rmsNorm(attention + ".k_norm", sizes.keyHeads() * sizes.headDim(), eps));
                    return new PostNormBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, bias, Optional.of(norm)),
                                    bias,
                                    Optional.of(rope),
                                    parts.mixer()),
                            parts.gatedMlp(path + ".mlp", mlpBias, Activation.SILU),
                            parts.norm(config, path + ".post_attention_layernorm"),
                            parts.norm(config, path + ".post_feedforward_layernorm"));
                },
                parts.norm(config, "model.norm"),
                config.boolOr("tie_word_embeddings", true),
                Peculiarities.NONE);
    }
}
