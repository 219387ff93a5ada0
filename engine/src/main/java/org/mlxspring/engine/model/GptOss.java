package org.mlxspring.engine.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Attention;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.MixtureOfExperts;
import org.mlxspring.engine.nn.MixtureOfExperts.Declaration;
import org.mlxspring.engine.nn.Rope;
import org.mlxspring.engine.nn.Routing;
import org.mlxspring.engine.nn.Routing.Choice;
import org.mlxspring.engine.nn.SlidingWindow;

/** gpt-oss: attention sinks, windows in some layers, and experts with biases and a clipped gate. */
final class GptOss {

    private static final float GATE_SLOPE = 1.702f;
    private static final float GATE_LIMIT = 7;

    private GptOss() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = sizes(config);
        ExpertSizes experts = ExpertSizes.of(config, "num_local_experts", 128, 4, sizes.hidden(), sizes.mlp());
        Parts parts = new Parts(weights, sizes);
        float eps = config.floatOr("rms_norm_eps", 1e-5);
        RopeParameters parameters = RopeParameters.of(config);
        Rope rope = RopeScaling.build(parameters, sizes.headDim(), parameters.base(150_000), false);
        List<Optional<SlidingWindow>> windows = windows(config, sizes.layers());
        return parts.decoder(
                layer -> {
                    String path = LanguageModel.layerPath(layer);
                    String moe = path + ".mlp";
                    unpack(weights, moe + ".experts");
                    return new TransformerBlock(
                            attention(parts, path + ".self_attn", rope),
                            new MixtureOfExperts(
                                    weights.linear(moe + ".router", sizes.hidden(), experts.experts(), true),
                                    Routing.softmaxOfChosen(Choice.highest(experts.chosen())),
                                    experts.take(weights, moe + ".experts", true, GptOss::gate),
                                    Declaration.expertsFirst("experts", "router")),
                            weights.rmsNorm(path + ".input_layernorm", sizes.hidden(), eps),
                            weights.rmsNorm(path + ".post_attention_layernorm", sizes.hidden(), eps),
                            Residual.SUM,
                            windows.get(layer));
                },
                weights.rmsNorm("model.norm", sizes.hidden(), eps),
                false,
                Peculiarities.NONE);
    }

    private static Attention attention(Parts parts, String path, Rope rope) {
        Sizes sizes = parts.sizes();
        return parts.attention(
                path,
                parts.projections(path, true, Optional.empty()),
                true,
                Optional.of(rope),
                new Mixer.WithSinks(
                        (float) (1 / Math.sqrt(sizes.headDim())),
                        parts.weights().take(path + ".sinks", sizes.heads())));
    }

    /** The gate clipped from above, both ways for the other factor, to which one is added. */
    private static Array gate(Array gate, Array up) {
        Array limit = Array.of(GATE_LIMIT).astype(gate.dtype());
        Array clippedGate = gate.minimum(limit);
        Array clippedUp = up.maximum(limit.negative()).minimum(limit);
        return clippedUp
                .add(1)
                .multiply(clippedGate.multiply(clippedGate.multiply(GATE_SLOPE).sigmoid()));
    }

    /** Where the configuration lists no types of layers, every second one sees the whole text, the first does not. */
    private static List<Optional<SlidingWindow>> windows(ModelConfig config, int layers) {
        SlidingWindow window = new SlidingWindow(config.intOr("sliding_window", 128));
        List<String> types = config.texts("layer_types");
        if (!types.isEmpty()) {
            LayerTypes.check(config, types, layers);
        }
        return IntStream.range(0, layers)
                .mapToObj(layer ->
                        types.isEmpty() ? layer % 2 == 0 : types.get(layer).equals(LayerTypes.SLIDING))
                .map(sliding -> sliding ? Optional.of(window) : Optional.<SlidingWindow>empty())
                .toList();
    }

    /**
     * From the weights that Hugging Face has, where rows of gate and up alternate in one tensor, and packed values are
     * bytes in blocks.
     */
    private static void unpack(Weights weights, String path) {
        for (String projection : List.of("gate_up_proj", "down_proj")) {
            String name = path + "." + projection;
            weights.change(name + "_blocks", blocks -> joined(blocks.view(DType.UINT32)));
            weights.rename(name + "_blocks", name + ".weight");
            weights.rename(name + "_scales", name + ".scales");
            weights.rename(name + "_bias", name + ".bias");
        }
        for (String kind : List.of(".weight", ".scales", ".bias")) {
            weights.replace(
                    path + ".gate_up_proj" + kind,
                    List.of(path + ".gate_proj" + kind, path + ".up_proj" + kind),
                    both -> List.of(alternate(both, 0), alternate(both, 1)));
        }
    }

    /** [..., blocks, width] to [..., blocks * width]. */
    private static Array joined(Array blocks) {
        int[] shape = blocks.shape();
        return blocks.reshape(shape[0], shape[1], shape[2] * shape[3]);
    }

    /** Every second row, from the first or the second: [experts, 2 * rows, ...] to [experts, rows, ...]. */
    private static Array alternate(Array both, int first) {
        int[] shape = both.shape();
        Array pairs = both.reshape(shape[0], shape[1] / 2, 2, -1).slice(2, first, first + 1);
        return shape.length == 2 ? pairs.reshape(shape[0], -1) : pairs.reshape(shape[0], shape[1] / 2, -1);
    }

    private static Sizes sizes(ModelConfig config) {
        return new Sizes(
                        config.intOr("hidden_size", 2880),
                        config.intOr("num_hidden_layers", 36),
                        config.intOr("intermediate_size", 2880),
                        config.intOr("num_attention_heads", 64),
                        config.intOr("num_key_value_heads", 8),
                        config.intOr("head_dim", 64),
                        config.intOr("vocab_size", 201_088))
                .checked(config);
    }
}
