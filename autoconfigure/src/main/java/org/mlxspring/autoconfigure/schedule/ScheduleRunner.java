package org.mlxspring.autoconfigure.schedule;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskWorker;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts runs by the clock; of several instances on one database, one does it. */
class ScheduleRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRunner.class);
    private static final Duration POLLING = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final int MOST_AT_ONCE = 4;

    private final Map<String, RunSchedule> schedules;
    private final Schedules service;
    private final ScheduleClock clock;
    private final TaskWorker worker;

    ScheduleRunner(Map<String, RunSchedule> schedules, Schedules service, ScheduleClock clock, MlxDatabase database) {
        this.schedules = schedules;
        this.service = service;
        this.clock = clock;
        worker = new TaskWorker(
                ScheduleClock.tasks(database),
                // An import of one must not keep the others from starting.
                new TaskWorker.Pace(
                        Math.clamp(schedules.size(), 1, MOST_AT_ONCE), POLLING, HEARTBEAT, AGAIN, HEARTBEAT),
                (task, context) ->
                        fire(task.getId(), () -> context.getSchedulerState().isShuttingDown()));
    }

    @Override
    public void start() {
        if (worker.isRunning()) {
            return;
        }
        clock.set(schedules);
        if (schedules.values().stream().noneMatch(RunSchedule::enabled)) {
            return;
        }
        worker.start();
    }

    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public boolean isRunning() {
        return worker.isRunning();
    }

    private CompletionHandler<Void> fire(String name, BooleanSupplier leaving) {
        Optional<RunSchedule> schedule =
                Optional.ofNullable(schedules.get(name)).filter(RunSchedule::enabled);
        if (schedule.isEmpty()) {
            LOG.warn("Schedule {} came up in the database but is not in mlx.schedules of this instance.", name);
            return new CompletionHandler.OnCompleteRemove<>();
        }
        try {
            if (service.wasStarted(schedule.get(), Instant.now())) {
                LOG.info("Schedule {} has started its run already.", name);
            } else {
                service.start(schedule.get(), Schedules.CLOCK, leaving);
            }
        } catch (ProblemException e) {
            LOG.error("Schedule {} could not start its run: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return (complete, operations) -> operations.reschedule(complete, Instant.now());
        }
        Optional<Instant> next = schedule.get().next(Instant.now());
        return next.<CompletionHandler<Void>>map(
                        time -> (complete, operations) -> operations.reschedule(complete, time))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }
}
