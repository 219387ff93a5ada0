package org.mlxspring.engine.model;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.nn.Rope;

/** Builds the rotary embedding that a configuration describes. */
final class RopeScaling {

    private RopeScaling() {}

    /** As {@link #build(RopeParameters, int, float, boolean)}, with a base and {@code rope_traditional} as configured. */
    static Rope build(ModelConfig config, int dims, double defaultBase) {
        RopeParameters parameters = RopeParameters.of(config);
        return build(parameters, dims, parameters.base(defaultBase), config.boolOr("rope_traditional", false));
    }

    /**
     * @param dims features to rotate
     * @param base of the angular frequencies
     * @param traditional whether neighbouring features form pairs
     * @throws ModelException if the kind of scaling is unknown, or a number for it is missing
     */
    static Rope build(RopeParameters parameters, int dims, float base, boolean traditional) {
        String kind = parameters.kind();
        if (kind.equals("default")) {
            return new Rope.Geometric(dims, traditional, base, 1f);
        }
        ModelConfig scaling = parameters.scaling().orElseThrow();
        return switch (kind) {
            case "linear" -> new Rope.Geometric(dims, traditional, base, 1f / scaling.requiredFloat("factor"));
            case "dynamic" ->
                new Rope.Dynamic(
                        dims,
                        traditional,
                        base,
                        scaling.requiredFloat("factor"),
                        parameters.config().requiredInt("max_position_embeddings"));
            case "llama3" -> new Rope.Listed(dims, traditional, llama3(scaling, dims, base), 1f);
            case "yarn", "deepseek_yarn", "telechat3-yarn" -> yarn(scaling, dims, base, traditional);
            case "longrope" ->
                longRope(
                        parameters,
                        dims,
                        base,
                        parameters
                                .number("original_max_position_embeddings")
                                .map(Double::floatValue)
                                .orElseGet(() -> scaling.requiredFloat("original_max_position_embeddings")),
                        parameters.config().requiredInt("max_position_embeddings"));
            default ->
                throw new ModelException(scaling.source() + ": the rope type '" + kind
                        + "' is not supported; supported are default, linear, dynamic, llama3, yarn and longrope.");
        };
    }

    /**
     * A factor on each frequency, and one on the features that follows from how much longer texts became (mlx-lm's
     * {@code SuScaledRoPE}, after the LongRoPE paper).
     *
     * @param original positions that the model was first trained with
     * @param longest positions that it was trained with in the end
     */
    static Rope.Listed longRope(RopeParameters parameters, int dims, float base, double original, double longest) {
        ModelConfig scaling = parameters.scaling().orElseThrow();
        List<Double> factors = scaling.numbers("long_factor");
        if (factors.size() != 1 && factors.size() != dims / 2) {
            throw scaling.wrong("long_factor", "a list of " + dims / 2 + " numbers, one for each pair that is rotated");
        }
        float[] freqs = new float[dims / 2];
        for (int i = 0; i < freqs.length; i++) {
            freqs[i] = (float) (factors.get(factors.size() == 1 ? 0 : i) * Math.pow(base, 2.0 * i / dims));
        }
        double longer = longest / original;
        double magnitude = longer <= 1 ? 1 : Math.sqrt(1 + Math.log(longer) / Math.log(original));
        return new Rope.Listed(dims, false, Array.of(freqs, freqs.length), (float) magnitude);
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

    /**
     * The frequencies of YaRN: those that turn often over the original context are kept, those that turn seldom are
     * stretched by a factor, with a ramp between (Peng et al. 2023, "YaRN", section 3.2; its magnitudes as in mlx-lm).
     */
    private static Rope yarn(ModelConfig scaling, int dims, float base, boolean traditional) {
        double factor = scaling.requiredFloat("factor");
        double context = scaling.floatOr("original_max_position_embeddings", 4096);
        double low = Math.floor(turning(scaling.floatOr("beta_fast", 32), dims, base, context));
        double high = Math.ceil(turning(scaling.floatOr("beta_slow", 1), dims, base, context));
        low = Math.max(low, 0);
        high = Math.min(high, dims - 1);
        double width = low == high ? 0.001 : high - low;
        float[] freqs = new float[dims / 2];
        for (int i = 0; i < freqs.length; i++) {
            double freq = Math.pow(base, 2.0 * i / dims);
            double stretched = Math.clamp((i - low) / width, 0, 1);
            double kept = 1 - stretched;
            freqs[i] = (float) (factor * freq / (factor * kept + stretched));
        }
        double magnitude = yarnMagnitude(factor, scaling.floatOr("mscale", 1))
                / yarnMagnitude(factor, scaling.floatOr("mscale_all_dim", 0));
        return new Rope.Listed(dims, traditional, Array.of(freqs, freqs.length), (float) magnitude);
    }

    /** The place in the list of frequencies of the one that turns a number of times over the context. */
    private static double turning(double turns, int dims, double base, double context) {
        return dims * Math.log(context / (turns * 2 * Math.PI)) / (2 * Math.log(base));
    }

    private static double yarnMagnitude(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }
}
