package org.mlxspring.engine.model;

import java.util.Optional;
import java.util.function.IntFunction;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.GatedMlp;
import org.mlxspring.engine.nn.HeadLayerNorm;
import org.mlxspring.engine.nn.KeysAndValues;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.QueryKeyNorm;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.SlidingWindow;

/**
 * Cohere's Command models: attention and MLP beside each other after a LayerNorm, neighbouring features rotated, scores
 * scaled.
 */
record Cohere(ModelConfig config, Parts parts) {

    /** Command R: every layer sees the whole text. */
    static LanguageModel build(ModelConfig config, Weights weights) {
        int hidden = config.intOr("hidden_size", 8192);
        int heads = config.intOr("num_attention_heads", 64);
        Sizes sizes = new Sizes(
                        hidden,
                        config.intOr("num_hidden_layers", 40),
                        config.intOr("intermediate_size", 22_528),
                        heads,
                        config.intOr("num_key_value_heads", 64),
                        hidden / Math.max(heads, 1),
                        config.intOr("vocab_size", 256_000))
                .checked(config);
        Cohere cohere = new Cohere(config, new Parts(weights, sizes));
        boolean normed = config.boolOr("use_qk_norm", false);
        Optional<Rope> rope = Optional.of(cohere.rope(8_000_000));
        Mixer mixer = cohere.parts.mixer();
        return cohere.build(layer -> {
            String path = LanguageModel.layerPath(layer);
            Optional<QueryKeyNorm> norm =
                    normed ? Optional.of(cohere.queryKeyNorm(path + ".self_attn")) : Optional.empty();
            return cohere.block(path, norm, rope, mixer, Optional.empty());
        });
    }

    /** Command R7B: most layers see a window, and the others do not rotate. */
    static LanguageModel buildSecond(ModelConfig config, Weights weights) {
        Sizes sizes = new Sizes(
                        config.intOr("hidden_size", 4096),
                        config.intOr("num_hidden_layers", 32),
                        config.intOr("intermediate_size", 14_336),
                        config.intOr("num_attention_heads", 32),
                        config.intOr("num_key_value_heads", 8),
                        config.intOr("head_dim", 128),
                        config.intOr("vocab_size", 256_000))
                .checked(config)
                .requireHeadsOfHidden(config);
        int pattern = config.intOr("sliding_window_pattern", 4);
        if (pattern < 1) {
            throw config.wrong("sliding_window_pattern", "at least 1");
        }
        SlidingWindow window = new SlidingWindow(config.intOr("sliding_window", 4096));
        Cohere cohere = new Cohere(config, new Parts(weights, sizes));
        Rope rope = cohere.rope(50_000);
        Mixer mixer = new WideForHalves(cohere.parts.mixer(), Mixer.inFloat32(1 / Math.sqrt(sizes.headDim())));
        return cohere.build(layer -> {
            boolean sliding = (layer + 1) % pattern != 0;
            return cohere.block(
                    LanguageModel.layerPath(layer),
                    Optional.empty(),
                    sliding ? Optional.of(rope) : Optional.empty(),
                    mixer,
                    sliding ? Optional.of(window) : Optional.empty());
        });
    }

    /** Attention in float32 where the model is in float16, as in mlx-lm. */
    private record WideForHalves(Mixer plain, Mixer wide) implements Mixer {

        @Override
        public Array mix(Array q, KeysAndValues all, Mask mask) {
            return (q.dtype() == DType.FLOAT16 ? wide : plain).mix(q, all, mask);
        }

        @Override
        public boolean mixesPacked() {
            return plain.mixesPacked() && wide.mixesPacked();
        }
    }

    private LanguageModel build(IntFunction<DecoderLayer> layer) {
        float scale = config.floatOr("logit_scale", 0.0625);
        return parts.decoder(
                layer,
                parts.layerNorm("model.norm", eps(), normBias()),
                Optional.empty(),
                Peculiarities.NONE.withScored(scores -> scores.multiply(scale)));
    }

    private DecoderLayer block(
            String path,
            Optional<QueryKeyNorm> norm,
            Optional<Rope> rope,
            Mixer mixer,
            Optional<SlidingWindow> window) {
        String attention = path + ".self_attn";
        boolean bias = config.boolOr("attention_bias", false);
        return new ParallelBlock(
                parts.attention(attention, parts.projections(attention, bias, norm), bias, rope, mixer),
                parts.gatedMlp(path + ".mlp", false, Activation.SILU, GatedMlp.Order.GATE_UP_DOWN),
                parts.layerNorm(path + ".input_layernorm", eps(), normBias()),
                window);
    }

    private QueryKeyNorm queryKeyNorm(String path) {
        Sizes sizes = parts.sizes();
        Weights weights = parts.weights();
        return new QueryKeyNorm.PerHead(
                new HeadLayerNorm(weights.take(path + ".q_norm.weight", sizes.heads(), sizes.headDim()), eps()),
                new HeadLayerNorm(weights.take(path + ".k_norm.weight", sizes.keyHeads(), sizes.headDim()), eps()));
    }

    private Rope rope(double base) {
        return new Rope.Geometric(
                parts.sizes().headDim(), true, RopeParameters.of(config).base(base), 1f);
    }

    private float eps() {
        return config.floatOr("layer_norm_eps", 1e-5);
    }

    private boolean normBias() {
        return config.boolOr("layer_norm_bias", false);
    }
}
