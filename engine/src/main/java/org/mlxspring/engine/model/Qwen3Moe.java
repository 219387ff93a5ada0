package org.mlxspring.engine.model;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.FeedForward;
import org.mlxspring.engine.nn.MixtureOfExperts;
import org.mlxspring.engine.nn.MixtureOfExperts.Declaration;
import org.mlxspring.engine.nn.QueryKeyNorm;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.Routing;
import org.mlxspring.engine.nn.Routing.Choice;
import org.mlxspring.engine.nn.SwitchGlu.Gate;

/**
 * Qwen3-MoE: as Qwen3, with experts for the MLP in some layers.
 *
 * @param routing which experts serve a token
 */
record Qwen3Moe(ModelConfig config, Parts parts, ExpertSizes experts, Routing routing) {

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config);
        ExpertSizes experts = ExpertSizes.required(
                config, "num_experts", sizes.hidden(), config.requiredInt("moe_intermediate_size"));
        Routing routing = Routing.chosenOfSoftmax(Choice.highest(experts.chosen()));
        return new Qwen3Moe(
                        config,
                        new Parts(weights, sizes),
                        experts,
                        config.requiredBool("norm_topk_prob") ? routing.normed() : routing)
                .build();
    }

    private LanguageModel build() {
        int sparseStep = config.requiredInt("decoder_sparse_step");
        if (sparseStep < 1) {
            throw config.wrong("decoder_sparse_step", "at least 1");
        }
        List<Integer> dense =
                config.numbers("mlp_only_layers").stream().map(Double::intValue).toList();
        Rope rope = new Rope.Geometric(
                parts.sizes().headDim(), false, RopeParameters.of(config).base(), 1f);
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    boolean sparse = !dense.contains(layer) && (layer + 1) % sparseStep == 0;
                    return block(path, sparse ? mixture(path + ".mlp") : mlp(path + ".mlp"), rope);
                },
                parts.norm(config, "model.norm"),
                config.requiredBool("tie_word_embeddings"),
                Peculiarities.NONE);
    }

    private TransformerBlock block(String path, FeedForward mlp, Rope rope) {
        String attention = path + ".self_attn";
        int headDim = parts.sizes().headDim();
        float eps = config.requiredFloat("rms_norm_eps");
        QueryKeyNorm norm = new QueryKeyNorm.PerHead(
                parts.weights().rmsNorm(attention + ".q_norm", headDim, eps),
                parts.weights().rmsNorm(attention + ".k_norm", headDim, eps));
        return new TransformerBlock(
                parts.attention(
                        attention,
                        parts.projections(attention, false, Optional.of(norm)),
                        false,
                        Optional.of(rope),
                        parts.mixer()),
                mlp,
                parts.norm(config, path + ".input_layernorm"),
                parts.norm(config, path + ".post_attention_layernorm"));
    }

    private FeedForward mlp(String path) {
        return parts.gatedMlp(path, false, Activation.SILU);
    }

    private FeedForward mixture(String path) {
        Weights weights = parts.weights();
        experts.stack(weights, path + ".experts", path + ".switch_mlp");
        return new MixtureOfExperts(
                weights.linear(path + ".gate", experts.hidden(), experts.experts(), false),
                routing,
                experts.take(weights, path + ".switch_mlp", false, Gate.of(Activation.SILU)),
                Declaration.routerFirst("gate", "switch_mlp"));
    }
}
