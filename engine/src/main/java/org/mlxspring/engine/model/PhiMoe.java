package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.MixtureOfExperts;
import org.mlxspring.engine.nn.MixtureOfExperts.Declaration;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.SparseMixer;
import org.mlxspring.engine.nn.SwitchGlu.Gate;

/** Phi-3.5-MoE: LayerNorms and biases, and experts chosen one after another for the MLP. */
final class PhiMoe {

    private PhiMoe() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = sizes(config);
        ExpertSizes experts = ExpertSizes.of(config, "num_local_experts", 16, 2, sizes.hidden(), sizes.mlp());
        SparseMixer routing = new SparseMixer(experts.chosen(), config.floatOr("router_jitter_noise", 0.01));
        Parts parts = new Parts(weights, sizes);
        float eps = config.floatOr("rms_norm_eps", 1e-6);
        Rope rope = rope(config, sizes.headDim());
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    String moe = path + ".block_sparse_moe";
                    experts.stack(weights, moe + ".experts", Mixtral.PROJECTIONS_APART, moe + ".switch_mlp");
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, true, Optional.empty()),
                                    true,
                                    Optional.of(rope),
                                    parts.mixer()),
                            new MixtureOfExperts(
                                    weights.linear(moe + ".gate", sizes.hidden(), experts.experts(), false),
                                    routing,
                                    experts.take(weights, moe + ".switch_mlp", false, Gate.of(Activation.SILU)),
                                    Declaration.routerFirst("gate", "switch_mlp")),
                            "block_sparse_moe",
                            parts.layerNorm(path + ".input_layernorm", eps, true),
                            parts.layerNorm(path + ".post_attention_layernorm", eps, true),
                            Residual.SUM,
                            Optional.empty());
                },
                parts.layerNorm("model.norm", eps, true),
                Optional.of(parts.head(true)),
                Peculiarities.NONE);
    }

    private static Sizes sizes(ModelConfig config) {
        int hidden = config.intOr("hidden_size", 4096);
        int heads = config.intOr("num_attention_heads", 32);
        return new Sizes(
                        hidden,
                        config.intOr("num_hidden_layers", 32),
                        config.intOr("intermediate_size", 6400),
                        heads,
                        config.intOr("num_key_value_heads", 8),
                        hidden / Math.max(heads, 1),
                        config.intOr("vocab_size", 32_064))
                .checked(config);
    }

    /** Any scaling is taken for longrope, as in mlx-lm, whose magnitude is {@code long_mscale} where that is given. */
    private static Rope rope(ModelConfig config, int headDim) {
        RopeParameters parameters = RopeParameters.of(config);
        float base = parameters.base(10_000);
        if (parameters.kind().equals("default")
                && parameters
                        .scaling()
                        .map(scaling -> scaling.numbers("long_factor").isEmpty())
                        .orElse(true)) {
            return new Rope.Geometric(headDim, false, base, 1f);
        }
        Rope.Listed rope = RopeScaling.longRope(
                parameters,
                headDim,
                base,
                parameters.number("original_max_position_embeddings").orElse(4096.0),
                config.floatOr("max_position_embeddings", 131_072));
        return parameters
                .scaling()
                .flatMap(scaling -> scaling.number("long_mscale"))
                .filter(magnitude -> magnitude != 0)
                .map(magnitude -> new Rope.Listed(headDim, false, rope.freqs(), magnitude.floatValue()))
                .orElse(rope);
    }
}
