package org.mlxspring.autoconfigure.schedule;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The next time of each schedule, kept in the database so that all instances on it share one clock. */
final class ScheduleClock {

    private static final String TABLE = "mlx_scheduled_tasks";

    /** An instance id is the name of the schedule. */
    private static final TaskDescriptor<Void> TASK = TaskDescriptor.of("mlx-schedule");

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleClock.class);

    private final SchedulerClient client;

    ScheduleClock(MlxDatabase database) {
        client = tasks(database).client();
    }

    /** Where its tasks are. */
    static TaskQueue tasks(MlxDatabase database) {
        return new TaskQueue(database, TABLE, TASK);
    }

    Optional<Instant> nextTime(String schedule) {
        return client.getScheduledExecution(TASK.instanceId(schedule)).map(ScheduledExecution::getExecutionTime);
    }

    /**
     * Brings the database in line with the properties at start. A time that has passed stays: it was missed while no
     * instance ran, and the run is made up for now.
     */
    void set(Map<String, RunSchedule> schedules) {
        client.getScheduledExecutionsForTask(TASK.getTaskName()).stream()
                .map(execution -> execution.getTaskInstance().getId())
                .filter(name ->
                        !schedules.containsKey(name) || !schedules.get(name).enabled())
                .forEach(this::cancel);
        Instant now = Instant.now();
        schedules.values().stream().filter(RunSchedule::enabled).forEach(schedule -> schedule.next(now)
                .ifPresent(next -> set(schedule, next, now)));
    }

    private void set(RunSchedule schedule, Instant next, Instant now) {
        Optional<ScheduledExecution<Object>> existing = client.getScheduledExecution(TASK.instanceId(schedule.name()));
        if (existing.isEmpty()) {
            client.scheduleIfNotExists(TASK.instance(schedule.name()).scheduledTo(next));
        } else if (existing.get().getExecutionTime().isAfter(now)
                && !existing.get().isPicked()
                && !existing.get().getExecutionTime().equals(next)) {
            client.reschedule(TASK.instanceId(schedule.name()), next);
        }
        LOG.info(
                "Schedule {} starts next at {}: model {} on dataset {}.",
                schedule.name(),
                nextTime(schedule.name()).orElse(next),
                schedule.model(),
                schedule.dataset());
    }

    private void cancel(String name) {
        LOG.info("Schedule {} is no longer in mlx.schedules, or not enabled; it will not start by the clock.", name);
        client.cancel(TASK.instanceId(name));
    }
}
