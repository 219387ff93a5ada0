package org.mlxspring.engine.adapter.gguf;

import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;

/**
 * The rotary embedding of a configuration in llama.cpp's keys.
 *
 * @param base of the series of frequencies
 * @param scaling {@code rope_scaling}, or {@code rope_parameters} in newer configurations
 * @param kind its type; {@code default} where there is none
 */
record RotaryMetadata(float base, Optional<ModelConfig> scaling, String kind) {

    static RotaryMetadata of(ModelConfig config, double defaultBase) {
        return of(config, "full_attention", config.number("rope_theta"), config.object("rope_scaling"), defaultBase);
    }

    /** The embedding of layers that see a window, where a family has one of their own. */
    static RotaryMetadata ofWindows(ModelConfig config, double defaultBase) {
        return of(config, "sliding_attention", config.number("rope_local_base_freq"), Optional.empty(), defaultBase);
    }

    /** What stands in the configuration itself goes first, as in mlx-lm; newer ones nest it, some by types of layers. */
    private static RotaryMetadata of(
            ModelConfig config,
            String layers,
            Optional<Double> ownBase,
            Optional<ModelConfig> ownScaling,
            double defaultBase) {
        Optional<ModelConfig> all = config.object("rope_parameters");
        Optional<ModelConfig> nested =
                all.flatMap(parameters -> parameters.object(layers)).or(() -> all);
        double base = ownBase.or(() -> nested.flatMap(parameters -> parameters.number("rope_theta")))
                .orElse(defaultBase);
        Optional<ModelConfig> scaling = ownScaling.or(() -> nested);
        String kind = scaling.flatMap(s -> s.text("type").or(() -> s.text("rope_type")))
                .orElse("default");
        return new RotaryMetadata((float) base, scaling, kind);
    }

    /**
     * Puts base and scaling into the metadata.
     *
     * @throws ModelException if llama.cpp cannot express the scaling
     */
    void describe(String architecture, Metadata metadata) {
        metadata.real(architecture + ".rope.freq_base", base);
        String prefix = architecture + ".rope.scaling.";
        switch (kind) {
            case "default", "llama3" -> {}
            case "linear" ->
                metadata.text(prefix + "type", "linear")
                        .real(prefix + "factor", scaling.orElseThrow().requiredFloat("factor"));
            case "yarn" -> yarn(prefix, scaling.orElseThrow(), metadata);
            default ->
                throw new ModelException(scaling.orElseThrow().source() + ": the rope type '" + kind
                        + "' cannot be written to GGUF; default, linear, llama3 and yarn can.");
        }
    }

    private static void yarn(String prefix, ModelConfig yarn, Metadata metadata) {
        metadata.text(prefix + "type", "yarn")
                .real(prefix + "factor", yarn.requiredFloat("factor"))
                .whole(prefix + "original_context_length", yarn.requiredInt("original_max_position_embeddings"));
        Map<String, String> keys = Map.of(
                "extrapolation_factor", "yarn_ext_factor",
                "attention_factor", "yarn_attn_factor",
                "beta_fast", "yarn_beta_fast",
                "beta_slow", "yarn_beta_slow");
        keys.forEach((from, to) -> {
            if (yarn.json().path(from).isNumber()) {
                metadata.real(prefix + to, yarn.requiredFloat(from));
            }
        });
    }

    /**
     * Factors on the frequencies of Llama 3.1, which a GGUF file has as a tensor: long wavelengths are stretched, short
     * ones kept, those between blended (Hugging Face transformers, {@code _compute_llama3_parameters}).
     */
    Map<String, float[]> factors(int dims) {
        if (!kind.equals("llama3")) {
            return Map.of();
        }
        ModelConfig llama3 = scaling.orElseThrow();
        float factor = llama3.floatOr("factor", 8.0);
        float low = llama3.floatOr("low_freq_factor", 1.0);
        float high = llama3.floatOr("high_freq_factor", 4.0);
        float context = llama3.floatOr("original_max_position_embeddings", 8192);
        float[] factors = new float[dims / 2];
        for (int i = 0; i < factors.length; i++) {
            double wavelength = 2 * Math.PI * Math.pow(base, 2.0 * i / dims);
            if (wavelength < context / high) {
                factors[i] = 1;
            } else if (wavelength > context / low) {
                factors[i] = factor;
            } else {
                double smooth = (context / wavelength - low) / (high - low);
                factors[i] = (float) (1 / ((1 - smooth) / factor + smooth));
            }
        }
        return Map.of("rope_freqs.weight", factors);
    }
}
