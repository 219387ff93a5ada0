package org.mlxspring.engine.adapter.gguf;

import java.util.Map;
import java.util.TreeMap;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;

/** The table from {@code model_type} to llama.cpp's family. */
final class Architectures {

    private static final Map<String, Architecture> BY_MODEL_TYPE = new TreeMap<>(Map.of(
            "llama", new LlamaArchitecture(),
            "mistral", new LlamaArchitecture(),
            "qwen2", new QwenArchitecture("qwen2"),
            "qwen3", new QwenArchitecture("qwen3"),
            "phi3", new Phi3Architecture(),
            "gemma", GemmaArchitecture.GEMMA,
            "gemma2", GemmaArchitecture.GEMMA2,
            "gemma3_text", GemmaArchitecture.GEMMA3));

    private Architectures() {}

    /**
     * @throws ModelException if the family cannot be written to GGUF; the message lists those that can
     */
    static Architecture of(ModelConfig config) {
        Architecture architecture = BY_MODEL_TYPE.get(config.modelType());
        if (architecture == null) {
            throw new ModelException(config.source() + ": a model of type '" + config.modelType()
                    + "' cannot be written to GGUF here; those that can are "
                    + String.join(", ", BY_MODEL_TYPE.keySet())
                    + ". For others, convert the fused folder with convert_hf_to_gguf.py of llama.cpp.");
        }
        return architecture;
    }
}
