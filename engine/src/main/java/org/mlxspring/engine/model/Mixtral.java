package org.mlxspring.engine.model;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.MixtureOfExperts;
import org.mlxspring.engine.nn.MixtureOfExperts.Declaration;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.Routing;
import org.mlxspring.engine.nn.Routing.Choice;
import org.mlxspring.engine.nn.SwitchGlu.Gate;

/** Mixtral: as Llama, with experts for the MLP. */
final class Mixtral {

    /** Names of gate, down and up projection of an expert in the weights that Hugging Face has. */
    static final List<String> PROJECTIONS_APART = List.of("w1", "w2", "w3");

    private Mixtral() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = sizes(config);
        ExpertSizes experts = ExpertSizes.of(config, "num_local_experts", 8, 2, sizes.hidden(), sizes.mlp());
        Parts parts = new Parts(weights, sizes);
        float eps = config.floatOr("rms_norm_eps", 1e-5);
        Rope rope = new Rope.Geometric(
                sizes.headDim(),
                config.boolOr("rope_traditional", false),
                RopeParameters.of(config).base(1_000_000),
                1f);
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    String moe = path + ".block_sparse_moe";
                    experts.stack(weights, moe + ".experts", PROJECTIONS_APART, moe + ".switch_mlp");
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, false, Optional.empty()),
                                    false,
                                    Optional.of(rope),
                                    parts.mixer()),
                            new MixtureOfExperts(
                                    weights.linear(moe + ".gate", sizes.hidden(), experts.experts(), false),
                                    Routing.softmaxOfChosen(Choice.lowestNegated(experts.chosen())),
                                    experts.take(weights, moe + ".switch_mlp", false, Gate.of(Activation.SILU)),
                                    Declaration.routerFirst("gate", "switch_mlp")),
                            "block_sparse_moe",
                            weights.rmsNorm(path + ".input_layernorm", sizes.hidden(), eps),
                            weights.rmsNorm(path + ".post_attention_layernorm", sizes.hidden(), eps),
                            Residual.SUM,
                            Optional.empty());
                },
                weights.rmsNorm("model.norm", sizes.hidden(), eps),
                config.boolOr("tie_word_embeddings", false),
                Peculiarities.NONE);
    }

    private static Sizes sizes(ModelConfig config) {
        int hidden = config.intOr("hidden_size", 4096);
        int heads = config.intOr("num_attention_heads", 32);
        return new Sizes(
                        hidden,
                        config.intOr("num_hidden_layers", 32),
                        config.intOr("intermediate_size", 14_336),
                        heads,
                        config.intOr("num_key_value_heads", config.isNull("num_key_value_heads") ? heads : 8),
                        hidden / Math.max(heads, 1),
                        config.intOr("vocab_size", 32_000))
                .checked(config);
    }
}
