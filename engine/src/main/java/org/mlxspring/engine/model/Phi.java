package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Attention;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.Mlp;
import org.mlxspring.engine.nn.Rope;

/** Phi-1.5 and Phi-2: attention and MLP beside each other, biases everywhere, a part of each head rotated. */
final class Phi {

    private Phi() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = sizes(config);
        Parts parts = new Parts(weights, sizes);
        float eps = config.floatOr("layer_norm_eps", 1e-5);
        RopeParameters parameters = RopeParameters.of(config);
        Rope rope = new Rope.Geometric(parameters.rotated(sizes.headDim(), 0.4), false, parameters.base(10_000), 1f);
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    String mlp = path + ".mlp";
                    return new ParallelBlock(
                            new Attention(
                                    parts.projections(attention, true, Optional.empty()),
                                    weights.linear(attention + ".dense", sizes.hidden(), sizes.hidden(), true),
                                    "dense",
                                    Optional.of(rope),
                                    Mixer.inFloat32(1 / Math.sqrt(sizes.headDim()))),
                            new Mlp(
                                    weights.linear(mlp + ".fc1", sizes.hidden(), sizes.mlp(), true),
                                    "fc1",
                                    weights.linear(mlp + ".fc2", sizes.mlp(), sizes.hidden(), true),
                                    "fc2",
                                    Activation.GELU_TANH),
                            parts.layerNorm(path + ".input_layernorm", eps, true),
                            Optional.empty());
                },
                parts.layerNorm("model.final_layernorm", eps, true),
                Optional.of(parts.head(true)),
                Peculiarities.NONE.withNormName("model.final_layernorm"));
    }

    private static Sizes sizes(ModelConfig config) {
        int hidden = config.intOr("hidden_size", 2560);
        int heads = config.intOr("num_attention_heads", 32);
        return new Sizes(
                        hidden,
                        config.intOr("num_hidden_layers", 32),
                        config.intOr("intermediate_size", 10_240),
                        heads,
                        config.intOr("num_key_value_heads", config.isNull("num_key_value_heads") ? heads : 32),
                        hidden / Math.max(heads, 1),
                        config.intOr("vocab_size", 51_200))
                .checked(config)
                .requireHeadsOfHidden(config);
    }
}
