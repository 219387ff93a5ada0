package org.mlxspring.engine.model;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.MixtureOfExperts;
import org.mlxspring.engine.nn.MixtureOfExperts.Declaration;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.Routing;
import org.mlxspring.engine.nn.Routing.Choice;
import org.mlxspring.engine.nn.SwitchGlu.Gate;

/** Granite-MoE: as Granite, with experts for the MLP. */
final class GraniteMoe {

    private GraniteMoe() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config).withHeadsOfHidden();
        ExpertSizes experts = ExpertSizes.required(config, "num_local_experts", sizes.hidden(), sizes.mlp());
        Parts parts = new Parts(weights, sizes);
        boolean bias = config.requiredBool("attention_bias");
        float scale = config.requiredFloat("attention_multiplier");
        float embedded = config.requiredFloat("embedding_multiplier");
        float scored = config.requiredFloat("logits_scaling");
        Residual residual = Residual.scaled(config.requiredFloat("residual_multiplier"));
        RopeParameters parameters = RopeParameters.of(config);
        Rope rope = RopeScaling.build(parameters, sizes.headDim(), parameters.base(), false);
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    String moe = path + ".block_sparse_moe";
                    split(weights, moe, sizes.mlp());
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, bias, Optional.empty()),
                                    bias,
                                    Optional.of(rope),
                                    Mixer.scaled(scale)),
                            new MixtureOfExperts(
                                    weights.linear(moe + ".router.layer", sizes.hidden(), experts.experts(), false),
                                    Routing.softmaxOfChosen(Choice.highest(experts.chosen()))
                                            .inFloat32(),
                                    experts.take(weights, moe + ".switch_mlp", false, Gate.of(Activation.SILU)),
                                    Declaration.expertsFirst("switch_mlp", "router.layer")),
                            "block_sparse_moe",
                            parts.norm(config, path + ".input_layernorm"),
                            parts.norm(config, path + ".post_attention_layernorm"),
                            residual,
                            Optional.empty());
                },
                parts.norm(config, "model.norm"),
                config.boolOr("tie_word_embeddings", true),
                Peculiarities.NONE.withEmbedded(x -> x.multiply(embedded)).withScored(scores -> scores.divide(scored)));
    }

    /** Gate and up of all experts are one tensor {@code input_linear} in the weights that Hugging Face has. */
    private static void split(Weights weights, String moe, int inner) {
        String experts = moe + ".switch_mlp";
        weights.replace(
                moe + ".input_linear.weight",
                List.of(experts + ".gate_proj.weight", experts + ".up_proj.weight"),
                both -> List.of(both.slice(1, 0, inner), both.slice(1, inner, both.dim(1))));
        weights.rename(moe + ".output_linear.weight", experts + ".down_proj.weight");
    }
}
