package org.mlxspring.engine.optim;

import java.util.List;

/**
 * A learning rate as a function of the number of updates made before, as in {@code mlx.optimizers.schedulers}, and like
 * there worked out in float32: near its end a cosine decay differs by a hundredth from the exact value.
 */
public interface Schedule {

    /**
     * @param updates number of updates made so far, from 0
     */
    double at(long updates);

    /** The same rate always. */
    static Schedule constant(double rate) {
        return updates -> rate;
    }

    /**
     * Builds a schedule with its warm-up, as mlx-lm's {@code build_schedule} does.
     *
     * @throws IllegalArgumentException if the name is unknown or an argument is missing
     */
    static Schedule of(ScheduleSettings settings) {
        Schedule schedule = named(settings.name(), settings.arguments());
        if (settings.warmup() == 0) {
            return schedule;
        }
        int boundary = settings.warmup() + 1;
        Schedule warmup = linear(settings.warmupInit(), settings.arguments().getFirst(), settings.warmup());
        return updates -> updates < boundary ? warmup.at(updates) : schedule.at(updates - boundary);
    }

    private static Schedule named(String name, List<Double> arguments) {
        return switch (name) {
            case "cosine_decay" -> {
                need(name, arguments, 2, 3);
                double steps = atLeastOne(name, arguments.get(1));
                double end = arguments.size() > 2 ? arguments.get(2) : 0;
                float range = (float) (arguments.get(0) - end);
                yield updates -> {
                    float angle = (float) (Math.PI / steps) * (float) Math.min(updates, steps);
                    float decay = 0.5f * (1 + (float) Math.cos(angle));
                    return (float) end + decay * range;
                };
            }
            case "linear_schedule" -> {
                need(name, arguments, 3, 3);
                yield linear(arguments.get(0), arguments.get(1), atLeastOne(name, arguments.get(2)));
            }
            case "exponential_decay" -> {
                need(name, arguments, 2, 2);
                yield power(arguments.get(0), arguments.get(1), 1);
            }
            case "step_decay" -> {
                need(name, arguments, 3, 3);
                yield power(arguments.get(0), arguments.get(1), atLeastOne(name, arguments.get(2)));
            }
            default ->
                throw new IllegalArgumentException("lr_schedule.name is '" + name
                        + "'; it must be cosine_decay, linear_schedule, exponential_decay or step_decay.");
        };
    }

    private static Schedule linear(double init, double end, double steps) {
        return updates -> (float) Math.min(updates, steps) * (float) ((end - init) / steps) + (float) init;
    }

    private static Schedule power(double init, double rate, double size) {
        return updates -> (float) init * (float) Math.pow((float) rate, Math.floor(updates / size));
    }

    private static void need(String name, List<Double> arguments, int least, int most) {
        if (arguments.size() < least || arguments.size() > most) {
            throw new IllegalArgumentException("lr_schedule.arguments has " + arguments.size() + " numbers; " + name
                    + " takes " + (least == most ? String.valueOf(least) : least + " or " + most) + ".");
        }
    }

    private static double atLeastOne(String name, double steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("lr_schedule.arguments: the number of steps of " + name + " is " + steps
                    + "; it must be at least 1.");
        }
        return steps;
    }
}
