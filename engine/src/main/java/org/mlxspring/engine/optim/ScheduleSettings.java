package org.mlxspring.engine.optim;

import java.util.List;

/**
 * The {@code lr_schedule} of mlx-lm's YAML.
 *
 * @param name {@code cosine_decay}, {@code linear_schedule}, {@code exponential_decay} or {@code step_decay}
 * @param arguments the schedule's arguments in mlx's order; the first is the initial learning rate
 * @param warmup updates of linear warm-up before the schedule starts
 * @param warmupInit learning rate at the start of the warm-up
 */
public record ScheduleSettings(String name, List<Double> arguments, int warmup, double warmupInit) {

    public ScheduleSettings {
        arguments = List.copyOf(arguments);
    }
}
