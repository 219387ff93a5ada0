package org.mlxspring.engine.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table from {@code model_type} to the family that builds it. */
public final class ModelRegistry {

    private static final Map<String, LanguageModel.Family> FAMILIES =
            new TreeMap<>(Map.of("llama", Llama::build, "mistral", Llama::build, "qwen2", Llama::buildQwen2));

    private ModelRegistry() {}

    /** The values of {@code model_type} that can be loaded, in alphabetical order. */
    public static List<String> supported() {
        return List.copyOf(FAMILIES.keySet());
    }

    /**
     * Loads a model folder into the current scope. Weights keep their type; values are read when first computed.
     *
     * @param folder with {@code config.json} and {@code model*.safetensors}
     * @throws ModelException if the folder is incomplete, its family is unknown, or its weights do not fit
     */
    public static LanguageModel load(Path folder) {
        ModelConfig config = ModelConfig.read(folder);
        LanguageModel.Family family = FAMILIES.get(config.modelType());
        if (family == null) {
            throw new ModelException(config.source() + ": the model_type '" + config.modelType()
                    + "' is not supported; supported are " + String.join(", ", supported()) + ".");
        }
        if (config.object("quantization").isPresent()) {
            throw new ModelException(config.source() + ": the model is quantized ("
                    + config.json().path("quantization")
                    + "); only float32, float16 and bfloat16 models can be loaded. Use its unquantized original.");
        }
        Weights weights = Weights.open(folder);
        LanguageModel model = family.apply(config, weights);
        weights.requireAllTaken();
        return model;
    }
}
