package org.mlxspring.autoconfigure.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts runs by the clock; of several instances on one database, one does it. */
class ScheduleRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRunner.class);
    private static final Duration POLLING = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Map<String, RunSchedule> schedules;
    private final Schedules service;
    private final ScheduleClock clock;
    private final MlxDatabase database;
    private Optional<Scheduler> scheduler = Optional.empty();

    ScheduleRunner(Map<String, RunSchedule> schedules, Schedules service, ScheduleClock clock, MlxDatabase database) {
        this.schedules = schedules;
        this.service = service;
        this.clock = clock;
        this.database = database;
    }

    @Override
    public synchronized void start() {
        if (scheduler.isPresent()) {
            return;
        }
        clock.set(schedules);
        if (schedules.values().stream().noneMatch(RunSchedule::enabled)) {
            return;
        }
        Scheduler started = Scheduler.create(
                        database.dataSource(),
                        List.of(Tasks.custom(ScheduleClock.TASK)
                                .onFailure(new FailureHandler.OnFailureReschedule<>(FixedDelay.ofSeconds(30)))
                                .onDeadExecutionRevive()
                                .execute((task, context) -> fire(task.getId()))))
                .tableName(ScheduleClock.TABLE)
                .jdbcCustomization(database.taskTables())
                .threads(1)
                .pollingInterval(POLLING)
                .heartbeatInterval(HEARTBEAT)
                .shutdownMaxWait(HEARTBEAT)
                .build();
        started.start();
        scheduler = Optional.of(started);
    }

    @Override
    public synchronized void stop() {
        scheduler.ifPresent(Scheduler::stop);
        scheduler = Optional.empty();
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler.isPresent();
    }

    private CompletionHandler<Void> fire(String name) {
        Optional<RunSchedule> schedule =
                Optional.ofNullable(schedules.get(name)).filter(RunSchedule::enabled);
        if (schedule.isEmpty()) {
            LOG.warn("Schedule {} came up in the database but is not in mlx.schedules of this instance.", name);
            return new CompletionHandler.OnCompleteRemove<>();
        }
        try {
            service.run(name, "schedule");
        } catch (ProblemException e) {
            LOG.error("Schedule {} could not start its run: {}", name, e.getMessage());
        }
        Optional<Instant> next = schedule.get().next(Instant.now());
        return next.<CompletionHandler<Void>>map(
                        time -> (complete, operations) -> operations.reschedule(complete, time))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }
}
