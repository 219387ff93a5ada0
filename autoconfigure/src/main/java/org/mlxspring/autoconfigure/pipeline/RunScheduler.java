package org.mlxspring.autoconfigure.pipeline;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.run.RunQueue;
import org.springframework.context.SmartLifecycle;

/**
 * Takes runs from the queue while the application runs. A run whose instance died is seen by its missing heartbeats and
 * taken up again, here or on another instance.
 */
class RunScheduler implements SmartLifecycle {

    private static final Duration POLLING = Duration.ofSeconds(1);
    private static final int MISSED_HEARTBEATS = 4;

    private final MlxDatabase database;
    private final RunExecution execution;
    private final RunProperties properties;
    private Optional<Scheduler> scheduler = Optional.empty();

    RunScheduler(MlxDatabase database, RunExecution execution, RunProperties properties) {
        this.database = database;
        this.execution = execution;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        if (properties.concurrency() == 0 || scheduler.isPresent()) {
            return;
        }
        // Only an execution that could not reach the database throws; the run is tried again.
        FailureHandler<Void> later = new FailureHandler.OnFailureReschedule<>(
                FixedDelay.of(properties.heartbeat().multipliedBy(2)));
        Scheduler started = Scheduler.create(
                        database.dataSource(),
                        List.of(Tasks.custom(RunQueue.TASK)
                                .onFailure(later)
                                .onDeadExecutionRevive()
                                .execute(execution)))
                .tableName(RunQueue.TABLE)
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

    /** Lets running workers write their checkpoints; their runs go back to the queue. */
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
