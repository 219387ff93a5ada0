package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Rope;

/** GLM-4: norms on both sides of each part, and the first features of a head rotated by neighbouring pairs. */
final class Glm4 {

    private Glm4() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config);
        Parts parts = new Parts(weights, sizes);
        RopeParameters parameters = RopeParameters.of(config);
        Rope rope = new Rope.Geometric(
                parameters.rotated(sizes.headDim(), 0.5),
                config.boolOr("rope_traditional", true),
                parameters.base(),
                1f);
        boolean bias = config.requiredBool("attention_bias");
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    return new SandwichBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, bias, Optional.empty()),
                                    false,
                                    Optional.of(rope),
                                    parts.mixer()),
                            parts.fusedGatedMlp(path + ".mlp", Activation.SILU),
                            norms(config, parts, path),
                            Residual.SUM,
                            Optional.empty());
                },
                parts.norm(config, "model.norm"),
                false,
                Peculiarities.NONE);
    }

    private static SandwichBlock.Norms norms(ModelConfig config, Parts parts, String path) {
        return new SandwichBlock.Norms(
                norm(config, parts, path, "input_layernorm"),
                norm(config, parts, path, "post_self_attn_layernorm"),
                norm(config, parts, path, "post_attention_layernorm"),
                norm(config, parts, path, "post_mlp_layernorm"));
    }

    private static NamedNorm norm(ModelConfig config, Parts parts, String path, String name) {
        return new NamedNorm(name, parts.norm(config, path + "." + name));
    }
}
