package org.mlxspring.autoconfigure.source;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.context.SmartLifecycle;

/**
 * Takes imports from the queue while the application runs. One whose instance died is seen by its missing heartbeats and
 * taken up again, here or on another instance.
 */
class ImportScheduler implements SmartLifecycle {

    private static final Duration POLLING = Duration.ofSeconds(1);
    private static final int MISSED_HEARTBEATS = 4;

    private final MlxDatabase database;
    private final ImportExecution execution;
    private final ImportProperties properties;
    private final Spool spool;
    private Optional<Scheduler> scheduler = Optional.empty();

    ImportScheduler(MlxDatabase database, ImportExecution execution, ImportProperties properties, Spool spool) {
        this.database = database;
        this.execution = execution;
        this.properties = properties;
        this.spool = spool;
    }

    @Override
    public synchronized void start() {
        if (properties.concurrency() == 0 || scheduler.isPresent()) {
            return;
        }
        spool.sweep();
        // Only an execution that could not reach the database throws; the import is tried again.
        FailureHandler<Void> later = new FailureHandler.OnFailureReschedule<>(
                FixedDelay.of(properties.heartbeat().multipliedBy(2)));
        Scheduler started = Scheduler.create(
                        database.dataSource(),
                        List.of(Tasks.custom(ImportQueue.TASK)
                                .onFailure(later)
                                .onDeadExecutionRevive()
                                .execute(execution)))
                .tableName(ImportQueue.TABLE)
                .jdbcCustomization(database.taskTables())
                .threads(properties.concurrency())
                .pollingInterval(POLLING)
                .heartbeatInterval(properties.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(properties.shutdownWait())
                .build();
        started.start();
        scheduler = Optional.of(started);
    }

    /** Looks for queued imports at once, and not only with the next poll. */
    synchronized void wake() {
        scheduler.ifPresent(Scheduler::triggerCheckForDueExecutions);
    }

    /** Lets imports store what they have read; they go back to the queue. */
    @Override
    public synchronized void stop() {
        scheduler.ifPresent(Scheduler::stop);
        scheduler = Optional.empty();
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler.isPresent();
    }
}
