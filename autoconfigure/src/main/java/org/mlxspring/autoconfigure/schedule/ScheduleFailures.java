package org.mlxspring.autoconfigure.schedule;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What kept schedules from starting their runs the last time they came up; forgotten with the next run. */
final class ScheduleFailures {

    private static final int LONGEST = 2_000;

    private final JdbcClient jdbc;

    ScheduleFailures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ScheduleView.LastFailure> of(String schedule) {
        return jdbc.sql("select reason, failed_at from mlx_schedule_failures where schedule = :schedule")
                .param("schedule", schedule)
                .query((row, number) -> new ScheduleView.LastFailure(
                        row.getString("reason"),
                        Optional.ofNullable(row.getTimestamp("failed_at"))
                                .map(Timestamp::toInstant)
                                .orElseThrow()))
                .optional();
    }

    void note(String schedule, String reason) {
        forget(schedule);
        jdbc.sql("insert into mlx_schedule_failures (schedule, reason, failed_at) values (:schedule, :reason, :now)")
                .param("schedule", schedule)
                .param("reason", reason.substring(0, Math.min(LONGEST, reason.length())))
                .param("now", Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .update();
    }

    void forget(String schedule) {
        jdbc.sql("delete from mlx_schedule_failures where schedule = :schedule")
                .param("schedule", schedule)
                .update();
    }
}
