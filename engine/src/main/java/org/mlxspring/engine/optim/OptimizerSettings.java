package org.mlxspring.engine.optim;

import java.util.Map;

/**
 * Which optimizer a run uses, and its options ({@code optimizer} and {@code optimizer_config} of mlx-lm).
 *
 * @param name {@code adam} or {@code adamw}
 * @param options options by mlx's names: {@code betas} (two numbers), {@code eps}, {@code bias_correction},
 *     {@code weight_decay} (adamw only)
 */
public record OptimizerSettings(String name, Map<String, Object> options) {

    public static final OptimizerSettings DEFAULT = new OptimizerSettings("adam", Map.of());

    public OptimizerSettings {
        options = Map.copyOf(options);
    }
}
