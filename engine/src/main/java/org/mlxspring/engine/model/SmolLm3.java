package org.mlxspring.engine.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mlxspring.engine.nn.Rope;

/** SmolLM3: Llama, with layers here and there that have no rotary embedding. */
final class SmolLm3 {

    private SmolLm3() {}

    static LanguageModel build(ModelConfig config, Weights weights) {
        Sizes sizes = Sizes.of(config);
        List<Boolean> rotated = rotated(config, sizes.layers());
        Rope rope = RopeScaling.build(config, sizes.headDim(), 10_000);
        return Llama.build(
                config, new Parts(weights, sizes), layer -> rotated.get(layer) ? Optional.of(rope) : Optional.empty());
    }

    private static List<Boolean> rotated(ModelConfig config, int layers) {
        List<Double> listed = config.numbers("no_rope_layers");
        if (listed.isEmpty()) {
            int interval = config.intOr("no_rope_layer_interval", 4);
            if (interval < 1) {
                throw config.wrong("no_rope_layer_interval", "at least 1");
            }
            return IntStream.range(0, layers)
                    .mapToObj(layer -> (layer + 1) % interval != 0)
                    .toList();
        }
        if (listed.size() != layers) {
            throw config.wrong(
                    "no_rope_layers", "a list of " + layers + " numbers, one per layer, 0 where it has no rope");
        }
        return listed.stream().map(number -> number != 0).toList();
    }
}
