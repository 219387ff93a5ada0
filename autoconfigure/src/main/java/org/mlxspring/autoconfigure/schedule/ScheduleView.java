package org.mlxspring.autoconfigure.schedule;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.run.RunState;

/**
 * A schedule as REST and Java callers see it.
 *
 * @param name its name in {@code mlx.schedules}
 * @param cron when it starts
 * @param zone time zone of {@code cron}
 * @param dataset name of the dataset
 * @param model name of the base model
 * @param settings training settings by lora's names
 * @param nextRun when it starts next; null where it is not enabled
 * @param lastRun its newest run; null before the first
 * @param lastFailure why it could not start its run when it came up last; null where it could
 */
public record ScheduleView(
        String name,
        String cron,
        String zone,
        String dataset,
        String model,
        Map<String, Object> settings,
        @Nullable Instant nextRun,
        @Nullable LastRun lastRun,
        @Nullable LastFailure lastFailure) {

    /**
     * @param reason what went wrong
     * @param at when it came up
     */
    public record LastFailure(String reason, Instant at) {}

    /**
     * @param id the run
     * @param state where it is
     * @param endedAt when it ended; null before
     */
    public record LastRun(
            String id, RunState state, @Nullable Instant endedAt) {}
}
