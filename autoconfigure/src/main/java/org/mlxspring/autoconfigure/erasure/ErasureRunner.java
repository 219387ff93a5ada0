package org.mlxspring.autoconfigure.erasure;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import java.time.Duration;
import java.time.Instant;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskWorker;
import org.springframework.context.SmartLifecycle;

/**
 * Works on erasures while the application runs. One whose instance died is taken up again, here or on another instance;
 * one that cannot go on is tried again until it can.
 */
class ErasureRunner implements SmartLifecycle {

    private static final Duration POLLING = Duration.ofSeconds(1);
    private static final Duration LAST_CHUNK = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final ErasureWork work;
    private final TaskWorker worker;

    /** @param heartbeat how often this instance says that it is alive */
    ErasureRunner(MlxDatabase database, ErasureWork work, Duration heartbeat) {
        this.work = work;
        worker = new TaskWorker(
                ErasureQueue.tasks(database),
                new TaskWorker.Pace(1, POLLING, heartbeat, AGAIN, LAST_CHUNK),
                (task, context) -> erase(Long.parseLong(task.getId())));
    }

    @Override
    public void start() {
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

    private CompletionHandler<Void> erase(long erasure) {
        return switch (work.goOn(erasure)) {
            case ErasureWork.Pause.Done ignored -> new CompletionHandler.OnCompleteRemove<>();
            case ErasureWork.Pause.Until(Duration pause) ->
                (complete, operations) ->
                        operations.reschedule(complete, Instant.now().plus(pause));
        };
    }
}
