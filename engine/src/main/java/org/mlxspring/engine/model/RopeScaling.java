package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.nn.Rope;

/** Builds the rotary embedding that a configuration describes by {@code rope_theta} and {@code rope_scaling}. */
final class RopeScaling {

    private RopeScaling() {}

    /**
     * @param dims features to rotate
     * @throws ModelException if the kind of scaling is unknown
     */
    static Rope build(ModelConfig config, int dims, double defaultBase) {
        boolean traditional = config.boolOr("rope_traditional", false);
        float base = config.object("rope_parameters")
                .map(parameters -> parameters.floatOr("rope_theta", defaultBase))
                .orElseGet(() -> config.floatOr("rope_theta", defaultBase));
        Optional<ModelConfig> scaling = config.object("rope_scaling").or(() -> config.object("rope_parameters"));
        String kind = scaling.flatMap(s -> s.text("type").or(() -> s.text("rope_type")))
                .orElse("default");
        return switch (kind) {
            case "default" -> new Rope.Geometric(dims, traditional, base, 1f);
            case "linear" ->
                new Rope.Geometric(
                        dims, traditional, base, 1f / scaling.orElseThrow().requiredFloat("factor"));
            case "llama3" -> new Rope.Listed(dims, traditional, llama3(scaling.orElseThrow(), dims, base));
            default ->
                throw new ModelException(scaling.orElseThrow().source() + ": the rope type '" + kind
                        + "' is not supported; supported are default, linear and llama3.");
        };
    }

    /**
     * The frequencies of Llama 3.1: long wavelengths are stretched by a factor, short ones kept, and those between
     * blended (Hugging Face transformers, {@code _compute_llama3_parameters}).
     */
    private static Array llama3(ModelConfig scaling, int dims, float base) {
        float factor = scaling.requiredFloat("factor");
        float low = scaling.floatOr("low_freq_factor", 1.0);
        float high = scaling.floatOr("high_freq_factor", 4.0);
        float context = scaling.floatOr("original_max_position_embeddings", 8192);
        float[] freqs = new float[dims / 2];
        for (int i = 0; i < freqs.length; i++) {
            double freq = Math.pow(base, 2.0 * i / dims);
            double wavelength = 2 * Math.PI * freq;
            if (wavelength > context / low) {
                freq *= factor;
            } else if (wavelength > context / high) {
                double smooth = (context / wavelength - low) / (high - low);
                freq /= (1 - smooth) / factor + smooth;
            }
            freqs[i] = (float) freq;
        }
        return Array.of(freqs, freqs.length);
    }
}
