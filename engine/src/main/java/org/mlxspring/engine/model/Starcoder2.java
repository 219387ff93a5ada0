package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Mlp;
import org.mlxspring.engine.nn.Rope;

/** StarCoder2: LayerNorms, biases everywhere, an MLP without a gate. */
final class Starcoder2 {

    private Starcoder2() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = sizes(config);
        Parts parts = new Parts(weights, sizes);
        float eps = config.floatOr("norm_epsilon", 1e-5);
        Rope rope = new Rope.Geometric(
                sizes.headDim(), false, RopeParameters.of(config).base(100_000), 1f);
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    String mlp = path + ".mlp";
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, true, Optional.empty()),
                                    true,
                                    Optional.of(rope),
                                    parts.mixer()),
                            new Mlp(
                                    weights.linear(mlp + ".c_fc", sizes.hidden(), sizes.mlp(), true),
                                    "c_fc",
                                    weights.linear(mlp + ".c_proj", sizes.mlp(), sizes.hidden(), true),
                                    "c_proj",
                                    Activation.GELU),
                            parts.layerNorm(path + ".input_layernorm", eps, true),
                            parts.layerNorm(path + ".post_attention_layernorm", eps, true));
                },
                parts.layerNorm("model.norm", eps, true),
                config.boolOr("tie_word_embeddings", true),
                Peculiarities.NONE);
    }

    private static Sizes sizes(ModelConfig config) {
        int hidden = config.requiredInt("hidden_size");
        int heads = config.requiredInt("num_attention_heads");
        return new Sizes(
                        hidden,
                        config.requiredInt("num_hidden_layers"),
                        config.requiredInt("intermediate_size"),
                        heads,
                        config.requiredInt("num_key_value_heads"),
                        hidden / Math.max(heads, 1),
                        config.intOr("vocab_size", 49_152))
                .checked(config);
    }
}
