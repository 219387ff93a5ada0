package org.mlxspring.engine.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.nn.SlidingWindow;

/** The {@code layer_types} of a configuration: which layers see the whole text, and which a window of it. */
final class LayerTypes {

    static final String SLIDING = "sliding_attention";
    private static final String FULL = "full_attention";

    private LayerTypes() {}

    /**
     * The window of each layer; where the configuration lists no types, every layer sees the whole text.
     *
     * @throws ModelException if there is not one known type per layer, or a window is needed and its size missing
     */
    static List<Optional<SlidingWindow>> windows(ModelConfig config) {
        int layers = config.requiredInt("num_hidden_layers");
        List<String> types = config.texts("layer_types");
        if (types.isEmpty()) {
            return Collections.nCopies(layers, Optional.empty());
        }
        check(config, types, layers);
        return types.stream()
                .map(type -> type.equals(SLIDING)
                        ? Optional.of(new SlidingWindow(config.requiredInt("sliding_window")))
                        : Optional.<SlidingWindow>empty())
                .toList();
    }

    /** Checks that there is one known type per layer. */
    static void check(ModelConfig config, List<String> types, int layers) {
        if (types.size() != layers || !types.stream().allMatch(type -> type.equals(SLIDING) || type.equals(FULL))) {
            throw config.wrong(
                    "layer_types",
                    "a list of " + layers + " texts, one per layer, each '" + FULL + "' or '" + SLIDING + "'");
        }
    }
}
