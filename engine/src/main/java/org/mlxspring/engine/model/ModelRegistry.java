package org.mlxspring.engine.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table from {@code model_type} to the family that builds it. */
public final class ModelRegistry {

    private static final Map<String, LanguageModel.Family> FAMILIES = new TreeMap<>(Map.ofEntries(
            Map.entry("cohere", Cohere::build),
            Map.entry("cohere2", Cohere::buildSecond),
            Map.entry("gemma", Gemma::build),
            Map.entry(Gemma2.TYPE, Gemma2::build),
            Map.entry("gemma3_text", Gemma3::build),
            Map.entry("glm4", Glm4::build),
            Map.entry("gpt_oss", GptOss::build),
            Map.entry("granite", Granite::build),
            Map.entry("granitemoe", GraniteMoe::build),
            Map.entry("iquestcoder", Llama::build),
            Map.entry("llama", Llama::build),
            Map.entry("ministral3", Ministral3::build),
            Map.entry("mistral", Llama::build),
            Map.entry("mixtral", Mixtral::build),
            Map.entry("olmo2", Olmo2::build),
            Map.entry("phi", Phi::build),
            Map.entry("phi3", Phi3::build),
            Map.entry("phimoe", PhiMoe::build),
            Map.entry("qwen2", Qwen2::build),
            Map.entry("qwen2_moe", Qwen2Moe::build),
            Map.entry("qwen3", Qwen3::build),
            Map.entry("qwen3_moe", Qwen3Moe::build),
            Map.entry("smollm3", SmolLm3::build),
            Map.entry("stablelm", StableLm::build),
            Map.entry("starcoder2", Starcoder2::build),
            Map.entry("xverse", Llama::build)));

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
        if (config.boolOr("quantize_activations", false)) {
            throw new ModelException(config.source() + ": quantize_activations is true; layers that pack what flows"
                    + " through them are not supported. Remove the key to run the model with packed weights alone.");
        }
        Weights weights = Weights.open(folder, config.object("quantization"));
        try {
            LanguageModel model = family.apply(config, weights);
            weights.requireAllTaken();
            return model;
        } catch (ModelException e) {
            throw ForeignQuantization.unknownMethod(config)
                    .map(method -> new ModelException(config.source() + ": the weights are packed by '" + method
                            + "', which is not supported; use the original model. " + e.getMessage()))
                    .orElse(e);
        }
    }
}
