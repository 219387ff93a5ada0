package org.mlxspring.engine.model;

import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Rope;

/** Qwen2: as Llama, with biases on queries, keys and values alone. */
final class Qwen2 {

    private Qwen2() {}

    static LanguageModel build(ModelConfig given, Weights weights) {
        ModelConfig config = given.withDefaults(Map.of("max_position_embeddings", 32_768));
        Sizes sizes = Sizes.of(config).withHeadsOfHidden();
        Parts parts = new Parts(weights, sizes);
        Rope rope = RopeScaling.build(config, sizes.headDim(), 1_000_000);
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, true, Optional.empty()),
                                    false,
                                    Optional.of(rope),
                                    parts.mixer()),
                            parts.gatedMlp(path + ".mlp", false, Activation.SILU),
                            parts.norm(config, path + ".input_layernorm"),
                            parts.norm(config, path + ".post_attention_layernorm"));
                },
                parts.norm(config, "model.norm"),
                config.boolOr("tie_word_embeddings", true),
                Peculiarities.NONE);
    }
}
