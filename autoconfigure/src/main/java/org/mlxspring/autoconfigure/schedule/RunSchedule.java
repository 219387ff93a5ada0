package org.mlxspring.autoconfigure.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/**
 * A checked schedule.
 *
 * @param name its name in {@code mlx.schedules}
 * @param cron when it starts
 * @param zone time zone of {@code cron}
 * @param dataset name of the dataset
 * @param model name of the base model
 * @param settings training settings by lora's names
 * @param importSources whether the sources of its dataset are imported before
 * @param enabled whether it starts by the clock
 */
record RunSchedule(
        String name,
        CronExpression cron,
        ZoneId zone,
        String dataset,
        String model,
        Map<String, Object> settings,
        boolean importSources,
        boolean enabled) {

    /** The next time after an instant; empty for an expression that never comes again. */
    Optional<Instant> next(Instant after) {
        return Optional.ofNullable(cron.next(after.atZone(zone))).map(time -> time.toInstant());
    }
}
