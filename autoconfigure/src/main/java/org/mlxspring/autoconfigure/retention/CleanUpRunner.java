package org.mlxspring.autoconfigure.retention;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.support.CronExpression;

/** Does the clean-ups that are due while the application runs; of several instances on one database, one does it. */
class CleanUpRunner implements SmartLifecycle {

    private static final Duration POLLING = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 4;
    private static final String NEVER = "-";

    private final MlxDatabase database;
    private final CleanUps cleanUps;
    private final CleanUpQueue queue;
    private final Optional<CronExpression> cron;
    private Optional<Scheduler> scheduler = Optional.empty();

    CleanUpRunner(MlxDatabase database, CleanUps cleanUps, CleanUpQueue queue, CleanUpProperties properties) {
        this.database = database;
        this.cleanUps = cleanUps;
        this.queue = queue;
        this.cron = properties.cron().equals(NEVER)
                ? Optional.empty()
                : Optional.of(CronExpression.parse(properties.cron()));
    }

    @Override
    public synchronized void start() {
        if (scheduler.isPresent()) {
            return;
        }
        queue.setNightly(next());
        Scheduler started = Scheduler.create(
                        database.dataSource(),
                        List.of(Tasks.custom(CleanUpQueue.TASK)
                                .onFailure(new FailureHandler.OnFailureReschedule<>(FixedDelay.ofMinutes(5)))
                                .onDeadExecutionRevive()
                                .execute((task, context) -> clean(task.getId()))))
                .tableName(CleanUpQueue.TABLE)
                .jdbcCustomization(database.taskTables())
                .threads(1)
                .pollingInterval(POLLING)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
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

    /** The nightly one queues a clean-up like any other, so that one that was broken off goes on by itself. */
    private CompletionHandler<Void> clean(String instance) {
        if (!instance.equals(CleanUpQueue.NIGHTLY)) {
            cleanUps.work(Long.parseLong(instance));
            return new CompletionHandler.OnCompleteRemove<>();
        }
        cleanUps.start("clock", false);
        return next().<CompletionHandler<Void>>map(
                        time -> (complete, operations) -> operations.reschedule(complete, time))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }

    private Optional<Instant> next() {
        return cron.map(expression -> expression.next(ZonedDateTime.now())).map(ZonedDateTime::toInstant);
    }
}
