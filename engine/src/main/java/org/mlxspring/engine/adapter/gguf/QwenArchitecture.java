package org.mlxspring.engine.adapter.gguf;

import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;

/**
 * Qwen2 and Qwen3.
 *
 * @param family {@code qwen2} or {@code qwen3}
 */
record QwenArchitecture(String family) implements Architecture {

    private static final double ROPE_BASE = 1_000_000;
    private static final int CONTEXT = 32_768;

    @Override
    public void describe(ModelConfig config, Metadata metadata) {
        Dimensions size = Dimensions.of(config);
        size.describe(family, config, CONTEXT, metadata);
        size.describeHeads(family, metadata);
        RotaryMetadata rotary = RotaryMetadata.of(config, ROPE_BASE);
        if (rotary.kind().equals("llama3")) {
            throw new ModelException(config.source() + ": llama.cpp's " + family
                    + " does not know the rope type 'llama3'; such a model cannot be written to GGUF.");
        }
        rotary.describe(family, metadata);
    }

    @Override
    public TensorNames names() {
        return TensorNames.twoNorms();
    }

    @Override
    public boolean leavesOut(ModelConfig config, String tensor) {
        return tensor.endsWith("rotary_emb.inv_freq")
                || tensor.equals("lm_head.weight") && config.boolOr("tie_word_embeddings", true);
    }

    @Override
    public Arrangement arrangement(ModelConfig config, String tensor) {
        return new Arrangement.Same();
    }
}
