package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.QueryKeyNorm;
import org.mlxspring.engine.nn.Rope;

/** Qwen3: as Llama, with a norm of the queries and keys of each head before they are rotated. */
final class Qwen3 {

    private Qwen3() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config);
        Parts parts = new Parts(weights, sizes);
        RopeParameters parameters = RopeParameters.of(config);
        Rope rope = RopeScaling.build(parameters, sizes.headDim(), parameters.base(), false);
        float eps = config.requiredFloat("rms_norm_eps");
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    QueryKeyNorm norm = new QueryKeyNorm.PerHead(
                            weights.rmsNorm(attention + ".q_norm", sizes.headDim(), eps),
                            weights.rmsNorm(attention + ".k_norm", sizes.headDim(), eps));
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, false, Optional.of(norm)),
                                    false,
                                    Optional.of(rope),
                                    parts.mixer()),
                            parts.gatedMlp(path + ".mlp", false, Activation.SILU),
                            parts.norm(config, path + ".input_layernorm"),
                            parts.norm(config, path + ".post_attention_layernorm"));
                },
                parts.norm(config, "model.norm"),
                config.requiredBool("tie_word_embeddings"),
                Peculiarities.NONE);
    }
}
