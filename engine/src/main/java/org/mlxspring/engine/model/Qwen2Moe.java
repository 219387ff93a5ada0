package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.GatedMlp;
import org.mlxspring.engine.nn.MixtureOfExperts;
import org.mlxspring.engine.nn.MixtureOfExperts.Declaration;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.Routing;
import org.mlxspring.engine.nn.Routing.Choice;
import org.mlxspring.engine.nn.SharedExpert;
import org.mlxspring.engine.nn.SwitchGlu.Gate;

/** Qwen2-MoE: as Qwen2, with experts for the MLP and one expert that serves every token. */
final class Qwen2Moe {

    private Qwen2Moe() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config).withHeadsOfHidden();
        ExpertSizes experts = ExpertSizes.required(
                config, "num_experts", sizes.hidden(), config.requiredInt("moe_intermediate_size"));
        int sharedInner = config.requiredInt("shared_expert_intermediate_size");
        Parts parts = new Parts(weights, sizes);
        Rope rope = rope(config, sizes.headDim());
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    String moe = path + ".mlp";
                    experts.stack(weights, moe + ".experts", moe + ".switch_mlp");
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, true, Optional.empty()),
                                    false,
                                    Optional.of(rope),
                                    parts.mixer()),
                            new SharedExpert(
                                    new MixtureOfExperts(
                                            weights.linear(moe + ".gate", sizes.hidden(), experts.experts(), false),
                                            Routing.chosenOfSoftmax(Choice.lowestNegated(experts.chosen())),
                                            experts.take(weights, moe + ".switch_mlp", false, Gate.of(Activation.SILU)),
                                            Declaration.routerFirst("gate", "switch_mlp")),
                                    shared(weights, moe + ".shared_expert", sizes.hidden(), sharedInner),
                                    weights.linear(moe + ".shared_expert_gate", sizes.hidden(), 1, false)),
                            parts.norm(config, path + ".input_layernorm"),
                            parts.norm(config, path + ".post_attention_layernorm"));
                },
                parts.norm(config, "model.norm"),
                false,
                Peculiarities.NONE);
    }

    private static GatedMlp shared(Weights weights, String path, int hidden, int inner) {
        return new GatedMlp(
                weights.linear(path + ".gate_proj", hidden, inner, false),
                weights.linear(path + ".down_proj", inner, hidden, false),
                weights.linear(path + ".up_proj", hidden, inner, false),
                Activation.SILU);
    }

    /** As in mlx-lm, a linear scaling is accepted but has no effect, and others are refused. */
    private static Rope rope(ModelConfig config, int headDim) {
        RopeParameters parameters = RopeParameters.of(config);
        if (!parameters.kind().equals("default") && !parameters.kind().equals("linear")) {
            throw new ModelException(config.source() + ": the rope type '" + parameters.kind()
                    + "' is not supported for qwen2_moe; supported are default and linear.");
        }
        return new Rope.Geometric(headDim, config.boolOr("rope_traditional", false), parameters.base(1_000_000), 1f);
    }
}
