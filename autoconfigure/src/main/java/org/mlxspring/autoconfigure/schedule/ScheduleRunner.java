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
import java.util.function.BooleanSupplier;
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
    private final ScheduleFailures failures;
    private final ScheduleImports imports;
    private final MlxDatabase database;
    private Optional<Scheduler> scheduler = Optional.empty();

    ScheduleRunner(
            Map<String, RunSchedule> schedules,
            Schedules service,
            ScheduleClock clock,
            ScheduleFailures failures,
            ScheduleImports imports,
            MlxDatabase database) {
        this.schedules = schedules;
        this.service = service;
        this.clock = clock;
        this.failures = failures;
        this.imports = imports;
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
                                .execute((task, context) ->
                                        fire(task.getId(), () -> context.getSchedulerState().isShuttingDown()))))
                .tableName(ScheduleClock.TABLE)
                .jdbcCustomization(database.taskTables())
                // An import of one must not keep the others from starting.
                .threads(Math.min(4, schedules.size()))
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

    private CompletionHandler<Void> fire(String name, BooleanSupplier leaving) {
        Optional<RunSchedule> schedule =
                Optional.ofNullable(schedules.get(name)).filter(RunSchedule::enabled);
        if (schedule.isEmpty()) {
            LOG.warn("Schedule {} came up in the database but is not in mlx.schedules of this instance.", name);
            return new CompletionHandler.OnCompleteRemove<>();
        }
        try {
            Optional<String> failure = start(schedule.get(), leaving);
            if (failure.isPresent()) {
                LOG.error("Schedule {} could not start its run: {}", name, failure.get());
                failures.note(name, failure.get());
            } else {
                failures.forget(name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return (complete, operations) -> operations.reschedule(complete, Instant.now());
        }
        Optional<Instant> next = schedule.get().next(Instant.now());
        return next.<CompletionHandler<Void>>map(
                        time -> (complete, operations) -> operations.reschedule(complete, time))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }

    /** Why the run could not start. */
    private Optional<String> start(RunSchedule schedule, BooleanSupplier leaving) throws InterruptedException {
        if (schedule.importSources()) {
            Optional<String> failure = imports.bringIn(schedule, leaving);
            if (failure.isPresent()) {
                return failure;
            }
        }
        try {
            service.run(schedule.name(), "schedule");
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
