package org.mlxspring.autoconfigure.erasure;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.context.SmartLifecycle;

/**
 * Works on erasures while the application runs. One whose instance died is taken up again, here or on another instance;
 * one that cannot go on is tried again until it can.
 */
class ErasureRunner implements SmartLifecycle {

    private static final Duration POLLING = Duration.ofSeconds(1);
    private static final Duration LAST_CHUNK = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final MlxDatabase database;
    private final ErasureWork work;
    private final Duration heartbeat;
    private Optional<Scheduler> scheduler = Optional.empty();

    /** @param heartbeat how often this instance says that it is alive */
    ErasureRunner(MlxDatabase database, ErasureWork work, Duration heartbeat) {
        this.database = database;
        this.heartbeat = heartbeat;
        this.work = work;
    }

    @Override
    public synchronized void start() {
        if (scheduler.isPresent()) {
            return;
        }
        Scheduler started = Scheduler.create(
                        database.dataSource(),
                        List.of(Tasks.custom(ErasureQueue.TASK)
                                .onFailure(new FailureHandler.OnFailureReschedule<>(FixedDelay.of(AGAIN)))
                                .onDeadExecutionRevive()
                                .execute((task, context) -> erase(Long.parseLong(task.getId())))))
                .tableName(ErasureQueue.TABLE)
                .jdbcCustomization(database.taskTables())
                .threads(1)
                .pollingInterval(POLLING)
                .heartbeatInterval(heartbeat)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(LAST_CHUNK)
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

    private CompletionHandler<Void> erase(long erasure) {
        return switch (work.goOn(erasure)) {
            case ErasureWork.Pause.Done ignored -> new CompletionHandler.OnCompleteRemove<>();
            case ErasureWork.Pause.Until(Duration pause) ->
                (complete, operations) ->
                        operations.reschedule(complete, Instant.now().plus(pause));
        };
    }
}
