package org.mlxspring.engine.adapter;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What mlx-lm's {@code adapter_config.json} says of an adapter; the file holds the other settings of its run besides.
 *
 * @param type LoRA where {@code fine_tune_type} is absent
 * @param numLayers adapted layers, counted from the last; not positive for all, which is so where it is absent
 * @param parameters shape and factor of the adapters; empty for full fine-tuning
 */
record AdapterConfig(FineTuneType type, int numLayers, Optional<LoraParameters> parameters) {

    /**
     * @param source the file, for messages
     * @throws AdapterException if it does not describe an adapter
     */
    static AdapterConfig read(String source, JsonNode json) {
        try {
            FineTuneType type = FineTuneType.of(json.path("fine_tune_type").asString("lora"));
            JsonNode layers = json.path("num_layers");
            if (!absent(layers) && !layers.isIntegralNumber()) {
                throw new IllegalArgumentException("num_layers is " + layers + "; it must be a whole number.");
            }
            return new AdapterConfig(
                    type,
                    layers.asInt(-1),
                    type == FineTuneType.FULL ? Optional.empty() : Optional.of(parameters(json)));
        } catch (IllegalArgumentException e) {
            throw new AdapterException(source + ": " + e.getMessage(), e);
        }
    }

    /** mlx-lm gives {@code use_rslora} no meaning here, so neither does this: the scale is the factor itself. */
    private static LoraParameters parameters(JsonNode json) {
        JsonNode node = json.path("lora_parameters");
        if (!node.path("rank").isIntegralNumber() || !node.path("scale").isNumber()) {
            throw new IllegalArgumentException(
                    "lora_parameters must have a whole number 'rank' and a number 'scale'; it is " + node + "."
                            + (node.has("alpha") ? " 'alpha' is not read: scale is alpha / rank." : ""));
        }
        return new LoraParameters(
                node.path("rank").asInt(),
                node.path("scale").asDouble(),
                node.path("dropout").asDouble(0),
                keys(node.path("keys")),
                false);
    }

    private static Optional<List<String>> keys(JsonNode node) {
        if (absent(node)) {
            return Optional.empty();
        }
        if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isString)) {
            throw new IllegalArgumentException(
                    "lora_parameters.keys is " + node + "; it must be a list of module names.");
        }
        return Optional.of(node.valueStream().map(JsonNode::asString).toList());
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** In words, for whoever finds that the adapter does not fit. */
    String described() {
        return "fine_tune_type " + type.settingName() + ", "
                + parameters.map(each -> "rank " + each.rank() + ", ").orElse("")
                + "num_layers " + numLayers;
    }
}
