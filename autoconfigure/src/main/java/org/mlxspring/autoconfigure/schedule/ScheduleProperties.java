package org.mlxspring.autoconfigure.schedule;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A run that is started by the clock.
 *
 * @param cron When it starts: second, minute, hour, day of month, month, day of week. "0 0 2 * * *" is every night at
 *     two.
 * @param zone Time zone of the expression, for example Europe/Berlin. The zone of the machine when absent.
 * @param dataset Name of the dataset; its newest version is used.
 * @param model Name of the base model in mlx.models.
 * @param settings Training settings named as in lora's YAML, for example iters or lora_parameters.rank.
 * @param importSources Whether the sources of its dataset are imported before its run, whether the clock starts it or
 *     somebody by hand. If an import fails, the run does not start, and the schedule says why.
 * @param enabled Whether it starts by the clock. When false it can still be started by hand.
 */
public record ScheduleProperties(
        @Nullable String cron,
        @Nullable String zone,
        @Nullable String dataset,
        @Nullable String model,
        @Nullable Map<String, Object> settings,
        @DefaultValue("true") boolean importSources,
        @DefaultValue("true") boolean enabled) {

    public ScheduleProperties {
        settings = settings == null ? Map.of() : Map.copyOf(settings);
    }
}
