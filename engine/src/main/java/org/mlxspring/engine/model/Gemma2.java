package org.mlxspring.engine.model;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.SoftCappedMixer;

/** Gemma 2: as Gemma, with norms on both sides of each part and scores that are kept within caps. */
final class Gemma2 {

    static final String TYPE = "gemma2";

    private Gemma2() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config);
        Parts parts = new Parts(weights, sizes);
        Rope rope = Gemma.rope(config, sizes.headDim());
        Mixer mixer = mixer(config);
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    return new SandwichBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, false, Optional.empty()),
                                    false,
                                    Optional.of(rope),
                                    mixer),
                            parts.gatedMlp(path + ".mlp", false, Activation.GELU_TANH),
                            norms(config, parts, path),
                            Residual.SUM,
                            Optional.empty());
                },
                parts.offsetNorm(config, "model.norm"),
                true,
                Gemma.scaledEmbedding(sizes.hidden()).withScored(scored(config)));
    }

    private static Mixer mixer(ModelConfig config) {
        double scale = 1 / Math.sqrt(config.floatOr("query_pre_attn_scalar", 144));
        return attentionCap(config)
                .<Mixer>map(cap -> new SoftCappedMixer((float) scale, cap))
                .orElseGet(() -> Mixer.scaled(scale));
    }

    /** The largest score of attention, where there is one. */
    static Optional<Float> attentionCap(ModelConfig config) {
        return cap(config, "attn_logit_softcapping", 50);
    }

    private static UnaryOperator<Array> scored(ModelConfig config) {
        return cap(config, "final_logit_softcapping", 30)
                .<UnaryOperator<Array>>map(
                        cap -> scores -> scores.divide(cap).tanh().multiply(cap))
                .orElse(UnaryOperator.identity());
    }

    private static Optional<Float> cap(ModelConfig config, String key, double otherwise) {
        return config.isNull(key) ? Optional.empty() : Optional.of(config.floatOr(key, otherwise));
    }

    /** The four norms of a layer of Gemma 2 and 3. */
    static SandwichBlock.Norms norms(ModelConfig config, Parts parts, String path) {
        return new SandwichBlock.Norms(
                norm(config, parts, path, "input_layernorm"),
                norm(config, parts, path, "post_attention_layernorm"),
                norm(config, parts, path, "pre_feedforward_layernorm"),
                norm(config, parts, path, "post_feedforward_layernorm"));
    }

    private static NamedNorm norm(ModelConfig config, Parts parts, String path, String name) {
        return new NamedNorm(name, parts.offsetNorm(config, path + "." + name));
    }
}
