package org.mlxspring.engine.adapter.gguf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;
import tools.jackson.databind.JsonNode;

/** Phi 3 and 4, whose queries, keys and values are one matrix, as are both inputs of the MLP. */
record Phi3Architecture() implements Architecture {

    private static final int CONTEXT = 131_072;
    private static final int ORIGINAL_CONTEXT = 4096;

    @Override
    public String family() {
        return "phi3";
    }

    @Override
    public void describe(ModelConfig config, Metadata metadata) {
        Dimensions size = Dimensions.of(config);
        size.describe(family(), config, CONTEXT, metadata);
        RotaryMetadata rotary = RotaryMetadata.of(config, 10_000);
        metadata.whole(family() + ".rope.dimension_count", rotated(config))
                .whole(family() + ".rope.scaling.original_context_length", originalContext(config))
                .whole(family() + ".attention.sliding_window", config.intOr("sliding_window", 0));
        if (longFactors(config).isPresent()) {
            metadata.real(family() + ".rope.freq_base", rotary.base())
                    .real(family() + ".rope.scaling.attn_factor", attentionFactor(config));
        } else {
            rotary.describe(family(), metadata);
        }
    }

    private static int rotated(ModelConfig config) {
        Dimensions size = Dimensions.of(config);
        return (int) (config.floatOr("partial_rotary_factor", 1) * size.hidden()) / size.heads();
    }

    private static int originalContext(ModelConfig config) {
        return config.intOr("original_max_position_embeddings", ORIGINAL_CONTEXT);
    }

    /** The factor on attention of long contexts (Ding et al., LongRoPE, 2024). */
    private static double attentionFactor(ModelConfig config) {
        double scale = (double) config.intOr("max_position_embeddings", CONTEXT) / originalContext(config);
        return scale <= 1 ? 1 : Math.sqrt(1 + Math.log(scale) / Math.log(originalContext(config)));
    }

    private static Optional<ModelConfig> longFactors(ModelConfig config) {
        RotaryMetadata rotary = RotaryMetadata.of(config, 10_000);
        return rotary.kind().equals("longrope") || rotary.kind().equals("su") ? rotary.scaling() : Optional.empty();
    }

    @Override
    public TensorNames names() {
        return TensorNames.twoNorms();
    }

    @Override
    public boolean leavesOut(ModelConfig config, String tensor) {
        return tensor.endsWith("rotary_emb.inv_freq")
                || tensor.equals("lm_head.weight") && config.boolOr("tie_word_embeddings", false);
    }

    @Override
    public Arrangement arrangement(ModelConfig config, String tensor) {
        return new Arrangement.Same();
    }

    @Override
    public Map<String, float[]> computed(ModelConfig config) {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        longFactors(config).ifPresent(scaling -> {
            tensors.put("rope_factors_long.weight", factors(scaling, "long_factor", rotated(config) / 2));
            tensors.put("rope_factors_short.weight", factors(scaling, "short_factor", rotated(config) / 2));
        });
        return tensors;
    }

    private static float[] factors(ModelConfig scaling, String key, int count) {
        JsonNode list = scaling.json().path(key);
        if (!list.isArray() || list.size() != count) {
            throw new ModelException(scaling.source() + ": " + key + " has " + list.size()
                    + " numbers; it must have one for each of " + count + " frequencies.");
        }
        float[] factors = new float[count];
        for (int i = 0; i < count; i++) {
            factors[i] = (float) list.get(i).asDouble();
        }
        return factors;
    }
}
