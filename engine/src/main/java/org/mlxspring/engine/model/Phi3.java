package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Rope;

/** Phi 3 and 3.5: as Llama, with one matrix for queries, keys and values, and one for both inputs of the MLP. */
final class Phi3 {

    private Phi3() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config).withHeadsOfHidden();
        Parts parts = new Parts(weights, sizes);
        Rope rope = rope(config, sizes.headDim());
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.fusedProjections(attention, false),
                                    false,
                                    Optional.of(rope),
                                    parts.mixer()),
                            parts.fusedGatedMlp(path + ".mlp", Activation.SILU),
                            parts.norm(config, path + ".input_layernorm"),
                            parts.norm(config, path + ".post_attention_layernorm"));
                },
                parts.norm(config, "model.norm"),
                config.boolOr("tie_word_embeddings", false),
                Peculiarities.NONE);
    }

    /** As mlx-lm does, scaling of a kind that Phi does not know counts as none. */
    private static Rope rope(ModelConfig config, int headDim) {
        RopeParameters parameters = RopeParameters.of(config);
        int dims = parameters.rotated(headDim, 1);
        float base = parameters.base(10_000);
        boolean traditional = config.boolOr("rope_traditional", false);
        return switch (parameters.kind()) {
            case "longrope", "su" ->
                RopeScaling.longRope(
                        parameters,
                        dims,
                        base,
                        parameters.number("original_max_position_embeddings").orElse(4096.0),
                        config.intOr("max_position_embeddings", 131_072));
            case "linear" -> RopeScaling.build(parameters, dims, base, traditional);
            default -> new Rope.Geometric(dims, traditional, base, 1f);
        };
    }
}
