package org.mlxspring.engine.model;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.PositionScaledMixer;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.SlidingWindow;

/** Ministral 3: as Llama, with queries that grow with their position in a long text. */
final class Ministral3 {

    private Ministral3() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        weights.scaleBy("_scale_inv");
        weights.drop(name -> name.contains("activation_scale"));
        Sizes sizes = Sizes.of(config);
        Parts parts = new Parts(weights, sizes);
        ModelConfig parameters = config.object("rope_parameters")
                .orElseThrow(() -> config.wrong(
                        "rope_parameters",
                        "an object with rope_theta, llama_4_scaling_beta and original_max_position_embeddings"));
        Rope rope = RopeScaling.build(
                RopeParameters.of(config), sizes.headDim(), parameters.requiredFloat("rope_theta"), false);
        Mixer mixer = new PositionScaledMixer(
                (float) (1 / Math.sqrt(sizes.headDim())),
                parameters.requiredFloat("llama_4_scaling_beta"),
                parameters.requiredInt("original_max_position_embeddings"));
        List<Optional<SlidingWindow>> windows = LayerTypes.windows(config);
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    return new TransformerBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, false, Optional.empty()),
                                    false,
                                    Optional.of(rope),
                                    mixer),
                            parts.gatedMlp(path + ".mlp", false, Activation.SILU),
                            parts.norm(config, path + ".input_layernorm"),
                            parts.norm(config, path + ".post_attention_layernorm"),
                            Residual.SUM,
                            windows.get(layer));
                },
                parts.norm(config, "model.norm"),
                config.boolOr("tie_word_embeddings", true),
                Peculiarities.NONE);
    }
}
