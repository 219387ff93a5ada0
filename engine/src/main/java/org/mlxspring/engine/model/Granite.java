package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.Rope;

/** Granite: as Llama, with a multiplier each of embeddings, attention, residuals and token scores. */
final class Granite {

    private Granite() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config).withHeadsOfHidden();
        Parts parts = new Parts(weights, sizes);
        RopeParameters parameters = RopeParameters.of(config);
        Rope rope = RopeScaling.build(parameters, sizes.headDim(), parameters.base(), false);
        boolean bias = config.requiredBool("attention_bias");
        boolean mlpBias = config.requiredBool("mlp_bias");
        Mixer mixer = Mixer.scaled(config.requiredFloat("attention_multiplier"));
        Residual residual = Residual.scaled(config.requiredFloat("residual_multiplier"));
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, bias, Optional.empty()),
                                    bias,
                                    Optional.of(rope),
                                    mixer),
                            parts.gatedMlp(path + ".mlp", mlpBias, Activation.SILU),
                            parts.norm(config, path + ".input_layernorm"),
                            parts.norm(config, path + ".post_attention_layernorm"),
                            residual,
                            Optional.empty());
                },
                parts.norm(config, "model.norm"),
                config.boolOr("tie_word_embeddings", true),
                multipliers(config));
    }

    /** Embeddings times {@code embedding_multiplier}, token scores over {@code logits_scaling}. */
    static Peculiarities multipliers(ModelConfig config) {
        float embedding = config.requiredFloat("embedding_multiplier");
        float scores = config.requiredFloat("logits_scaling");
        return Peculiarities.NONE.withEmbedded(x -> x.multiply(embedding)).withScored(x -> x.divide(scores));
    }
}
