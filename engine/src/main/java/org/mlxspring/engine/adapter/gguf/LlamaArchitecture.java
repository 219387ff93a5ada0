package org.mlxspring.engine.adapter.gguf;

import java.util.Map;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;

/** Llama and Mistral. */
record LlamaArchitecture() implements Architecture {

    private static final double ROPE_BASE = 10_000;
    private static final int CONTEXT = 4096;

    @Override
    public String family() {
        return "llama";
    }

    @Override
    public void describe(ModelConfig config, Metadata metadata) {
        config.json().path("layer_types").forEach(type -> {
            if (!type.asString("full_attention").equals("full_attention")) {
                throw new ModelException(config.source() + ": layer_types has '" + type.asString()
                        + "', but llama.cpp's llama architecture attends to everything in all layers;"
                        + " such a model cannot be written to GGUF.");
            }
        });
        Dimensions size = Dimensions.of(config);
        size.describe(family(), config, CONTEXT, metadata);
        size.describeHeads(family(), metadata);
        metadata.whole(family() + ".rope.dimension_count", size.headDim());
        RotaryMetadata.of(config, ROPE_BASE).describe(family(), metadata);
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
        Dimensions size = Dimensions.of(config);
        boolean traditional = config.boolOr("rope_traditional", false);
        if (tensor.contains(".q_proj.") && !traditional) {
            return new Arrangement.Rotated(size.heads());
        }
        if (tensor.contains(".k_proj.") && !traditional) {
            return new Arrangement.Rotated(size.keyHeads());
        }
        return new Arrangement.Same();
    }

    @Override
    public Map<String, float[]> computed(ModelConfig config) {
        return RotaryMetadata.of(config, ROPE_BASE)
                .factors(Dimensions.of(config).headDim());
    }
}
