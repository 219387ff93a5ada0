package org.mlxspring.engine.model;

import java.util.Optional;

/**
 * What a configuration says of rotary embedding: in {@code rope_theta}, {@code rope_scaling} and the like, or, as Hugging
 * Face transformers writes since version 5, in {@code rope_parameters}. The former go first, as in mlx-lm.
 *
 * @param config the whole configuration
 * @param nested {@code rope_parameters}, or those of a type of layers where it holds some for each
 */
record RopeParameters(ModelConfig config, Optional<ModelConfig> nested) {

    /** Those of layers that see the whole text. */
    static RopeParameters of(ModelConfig config) {
        return of(config, "full_attention");
    }

    /** Those of the layers of a type. */
    static RopeParameters of(ModelConfig config, String layerType) {
        Optional<ModelConfig> all = config.object("rope_parameters");
        Optional<ModelConfig> own = all.flatMap(parameters -> parameters.object(layerType));
        return new RopeParameters(config, own.or(() -> all));
    }

    /** A number from the configuration itself, or else from the nested object. */
    Optional<Double> number(String key) {
        return config.number(key).or(() -> nested.flatMap(parameters -> parameters.number(key)));
    }

    /** {@code rope_theta}, the base of the angular frequencies. */
    float base(double otherwise) {
        return number("rope_theta").orElse(otherwise).floatValue();
    }

    /**
     * {@code rope_theta}, the base of the angular frequencies.
     *
     * @throws ModelException if it is missing
     */
    float base() {
        return number("rope_theta").map(Double::floatValue).orElseGet(() -> config.requiredFloat("rope_theta"));
    }

    /** The object that names the kind of scaling, and its numbers. */
    Optional<ModelConfig> scaling() {
        return config.object("rope_scaling").or(() -> nested);
    }

    /** The kind of scaling. */
    String kind() {
        return scaling()
                .flatMap(scaling -> scaling.text("type").or(() -> scaling.text("rope_type")))
                .orElse("default");
    }

    /** Features of a head that are rotated, of which {@code partial_rotary_factor} is the share. */
    int rotated(int headDim, double otherwise) {
        return (int) (headDim * number("partial_rotary_factor").orElse(otherwise));
    }

    /**
     * Features of a head that are rotated, of which {@code partial_rotary_factor} is the share.
     *
     * @throws ModelException if it is missing
     */
    int rotated(int headDim) {
        return rotated(headDim, number("partial_rotary_factor").orElseGet(() ->
                (double) config.requiredFloat("partial_rotary_factor")));
    }
}
