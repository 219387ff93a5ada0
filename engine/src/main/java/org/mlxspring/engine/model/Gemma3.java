package org.mlxspring.engine.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.QueryKeyNorm;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.SlidingWindow;

/** Gemma 3, its text model: most layers see a window and have a rotary embedding of their own. */
final class Gemma3 {

    private Gemma3() {}

    private static final Map<String, Number> DEFAULTS = Map.ofEntries(
            Map.entry("hidden_size", 1152),
            Map.entry("num_hidden_layers", 26),
            Map.entry("intermediate_size", 6912),
            Map.entry("num_attention_heads", 4),
            Map.entry("head_dim", 256),
            Map.entry("rms_norm_eps", 1e-6),
            Map.entry("vocab_size", 262_144),
            Map.entry("num_key_value_heads", 1),
            Map.entry("query_pre_attn_scalar", 256),
            Map.entry("sliding_window", 512),
            Map.entry("max_position_embeddings", 32_768));

    static LanguageModel build(ModelConfig given, Weights weights) {
        ModelConfig config = given.withDefaults(DEFAULTS);
        Sizes sizes = Sizes.of(config);
        Parts parts = new Parts(weights, sizes);
        Rope global = globalRope(config, sizes.headDim());
        Rope local = localRope(config, sizes.headDim());
        SlidingWindow window = new SlidingWindow(config.requiredInt("sliding_window"));
        List<Boolean> sliding = sliding(config, sizes.layers());
        Mixer mixer = Mixer.scaled(1 / Math.sqrt(config.requiredFloat("query_pre_attn_scalar")));
        float eps = config.requiredFloat("rms_norm_eps");
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String attention = path + ".self_attn";
                    QueryKeyNorm norm = new QueryKeyNorm.PerHead(
                            weights.offsetRmsNorm(attention + ".q_norm", sizes.headDim(), eps),
                            weights.offsetRmsNorm(attention + ".k_norm", sizes.headDim(), eps));
                    return new SandwichBlock(
                            parts.attention(
                                    attention,
                                    parts.projections(attention, false, Optional.of(norm)),
                                    false,
                                    Optional.of(sliding.get(layer) ? local : global),
                                    mixer),
                            parts.gatedMlp(path + ".mlp", false, Activation.GELU_TANH),
                            Gemma2.norms(config, parts, path),
                            Residual.clipped(),
                            sliding.get(layer) ? Optional.of(window) : Optional.empty());
                },
                parts.offsetNorm(config, "model.norm"),
                !weights.has("lm_head.weight"),
                Peculiarities.NONE.withEmbedded(x -> scaled(x, sizes.hidden())));
    }

    /** Embeddings times the root of their size, as bfloat16 holds it. */
    private static Array scaled(Array embedded, int hidden) {
        Array factor = Array.of((float) Math.sqrt(hidden)).astype(DType.BFLOAT16);
        return embedded.multiply(factor.astype(embedded.dtype()));
    }

    private static List<Boolean> sliding(ModelConfig config, int layers) {
        List<String> types = config.texts("layer_types");
        Optional<Integer> pattern = config.optionalInt("sliding_window_pattern");
        if (pattern.isEmpty() && !types.isEmpty()) {
            LayerTypes.check(config, types, layers);
            return types.stream().map(LayerTypes.SLIDING::equals).toList();
        }
        int every = pattern.orElse(6);
        if (every < 1) {
            throw config.wrong("sliding_window_pattern", "at least 1");
        }
        return IntStream.range(0, layers)
                .mapToObj(layer -> (layer + 1) % every != 0)
                .toList();
    }

    private static Rope globalRope(ModelConfig config, int dims) {
        RopeParameters parameters = RopeParameters.of(config);
        return RopeScaling.build(parameters, dims, parameters.base(1_000_000), false);
    }

    private static Rope localRope(ModelConfig config, int dims) {
        Optional<ModelConfig> own =
                config.object("rope_parameters").flatMap(parameters -> parameters.object(LayerTypes.SLIDING));
        double base = config.number("rope_local_base_freq")
                .or(() -> own.flatMap(parameters -> parameters.number("rope_theta")))
                .orElse(10_000.0);
        return own.map(parameters -> RopeScaling.build(new RopeParameters(parameters, own), dims, (float) base, false))
                .orElseGet(() -> new Rope.Geometric(dims, false, (float) base, 1f));
    }
}
