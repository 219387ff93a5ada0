package org.mlxspring.engine.adapter.gguf;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;

/** Gemma, Gemma 2 and the text models of Gemma 3; their norms multiply by one more than what the folder holds. */
enum GemmaArchitecture implements Architecture {
    GEMMA,
    GEMMA2,
    GEMMA3;

    private static final int HEAD_DIM = 256;
    private static final int CONTEXT = 8192;
    private static final int CONTEXT_3 = 32_768;
    /** Numbers of layers by which llama.cpp tells the models of 27 billion weights, whose attention it scales otherwise. */
    private static final int LARGEST_2 = 46;

    private static final int LARGEST_3 = 62;

    @Override
    public void describe(ModelConfig config, Metadata metadata) {
        Dimensions size = dimensions(config);
        size.describe(family(), config, this == GEMMA3 ? CONTEXT_3 : CONTEXT, metadata);
        size.describeHeads(family(), metadata);
        RotaryMetadata.of(config, this == GEMMA3 ? 1_000_000 : 10_000).describe(family(), metadata);
        switch (this) {
            case GEMMA -> {}
            case GEMMA2 ->
                metadata.real(family() + ".attn_logit_softcapping", config.floatOr("attn_logit_softcapping", 50))
                        .real(family() + ".final_logit_softcapping", config.floatOr("final_logit_softcapping", 30))
                        .whole(family() + ".attention.sliding_window", config.intOr("sliding_window", 4096));
            case GEMMA3 -> describeWindows(config, metadata);
        }
    }

    private void describeWindows(ModelConfig config, Metadata metadata) {
        int pattern = pattern(config);
        if (pattern == 1) {
            return;
        }
        RotaryMetadata rotary = RotaryMetadata.ofWindows(config, 10_000);
        if (!rotary.kind().equals("default")) {
            throw new ModelException(config.source() + ": the layers with a window have the rope type '" + rotary.kind()
                    + "', which cannot be written to GGUF.");
        }
        metadata.whole(family() + ".attention.sliding_window", config.intOr("sliding_window", 512))
                .whole(family() + ".attention.sliding_window_pattern", pattern)
                .real(family() + ".rope.freq_base_swa", rotary.base());
    }

    /** Every so many layers one sees the whole text, the last of them; 1 if all do. */
    private static int pattern(ModelConfig config) {
        List<String> types = config.texts("layer_types");
        Optional<Integer> pattern = config.optionalInt("sliding_window_pattern");
        if (pattern.isPresent() || types.isEmpty()) {
            return pattern.orElse(6);
        }
        return IntStream.rangeClosed(1, types.size() + 1)
                .filter(every -> IntStream.range(0, types.size())
                        .allMatch(layer -> types.get(layer).equals("sliding_attention") == ((layer + 1) % every != 0)))
                .findFirst()
                .orElseThrow(() -> new ModelException(config.source()
                        + ": layer_types follow no pattern of every so many layers, which GGUF needs."));
    }

    private static Dimensions dimensions(ModelConfig config) {
        return Dimensions.of(config, config.intOr("head_dim", HEAD_DIM));
    }

    @Override
    public String family() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public TensorNames names() {
        return this == GEMMA ? TensorNames.twoNorms() : TensorNames.fourNorms();
    }

    @Override
    public boolean leavesOut(ModelConfig config, String tensor) {
        return tensor.endsWith("rotary_emb.inv_freq") || this != GEMMA3 && tensor.equals("lm_head.weight");
    }

    @Override
    public Arrangement arrangement(ModelConfig config, String tensor) {
        boolean scalesQueries = this == GEMMA2 && tensor.endsWith(".q_proj.weight")
                || this == GEMMA3 && tensor.endsWith(".q_norm.weight");
        float factor = scalesQueries ? queryFactor(config) : 1;
        float added = tensor.endsWith("norm.weight") ? 1 : 0;
        return added == 0 && factor == 1 ? new Arrangement.Same() : new Arrangement.Shifted(added, factor);
    }

    /** llama.cpp derives the scale of attention from the size alone; what the configuration wants beyond that. */
    private float queryFactor(ModelConfig config) {
        Dimensions size = dimensions(config);
        int largest = this == GEMMA2 ? LARGEST_2 : LARGEST_3;
        int divisor = size.layers() == largest ? size.hidden() / size.heads() : size.headDim();
        return (float) Math.sqrt(divisor / config.floatOr("query_pre_attn_scalar", this == GEMMA2 ? 144 : 256));
    }
}
