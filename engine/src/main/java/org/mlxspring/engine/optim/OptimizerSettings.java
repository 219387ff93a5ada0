package org.mlxspring.engine.optim;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which optimizer a run uses, and its options ({@code optimizer} and {@code optimizer_config} of mlx-lm). Names, defaults
 * and meaning of the options are those of {@code mlx.optimizers}:
 *
 * <ul>
 *   <li>{@code adam}: {@code betas} (0.9, 0.999), {@code eps} (1e-8), {@code bias_correction} (false)
 *   <li>{@code adamw}: those of adam, and {@code weight_decay} (0.01)
 *   <li>{@code muon}: {@code momentum} (0.95), {@code weight_decay} (0.01), {@code nesterov} (true), {@code ns_steps} (5)
 *   <li>{@code sgd}: {@code momentum} (0), {@code weight_decay} (0), {@code dampening} (0), {@code nesterov} (false)
 *   <li>{@code adafactor}: {@code eps} (1e-30, 1e-3), {@code clip_threshold} (1), {@code decay_rate} (-0.8),
 *       {@code beta_1} (none), {@code weight_decay} (0), {@code scale_parameter} (true), {@code relative_step} (true: the
 *       learning rate is not used), {@code warmup_init} (false)
 * </ul>
 *
 * and for all of them {@code decay_norms_and_biases} (true): false keeps weight decay off arrays of one dimension and
 * off parameters named {@code bias}.
 *
 * @param name name of the optimizer; kept in lower case
 * @param options options by name, kept in alphabetical order: a checkpoint's settings are compared as text with those of
 *     the process that resumes it
 */
public record OptimizerSettings(String name, Map<String, Object> options) {

    public static final OptimizerSettings DEFAULT = new OptimizerSettings("adam", Map.of());

    public OptimizerSettings {
        name = name.toLowerCase(Locale.ROOT);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
