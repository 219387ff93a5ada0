package org.mlxspring.autoconfigure.source;

import java.time.Duration;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskWorker;
import org.springframework.context.SmartLifecycle;

/**
 * Takes imports from the queue while the application runs. One whose instance died is seen by its missing heartbeats and
 * taken up again, here or on another instance.
 */
class ImportScheduler implements SmartLifecycle {

    private static final Duration POLLING = Duration.ofSeconds(1);

    private final ImportProperties properties;
    private final Spool spool;
    private final TaskWorker worker;

    ImportScheduler(MlxDatabase database, ImportExecution execution, ImportProperties properties, Spool spool) {
        this.properties = properties;
        this.spool = spool;
        // Only an execution that could not reach the database throws; the import is tried again.
        TaskWorker.Pace pace = new TaskWorker.Pace(
                properties.concurrency(),
                POLLING,
                properties.heartbeat(),
                properties.heartbeat().multipliedBy(2),
                properties.shutdownWait());
        worker = new TaskWorker(ImportQueue.tasks(database), pace, execution);
    }

    @Override
    public void start() {
        if (properties.concurrency() == 0 || worker.isRunning()) {
            return;
        }
        spool.sweep();
        worker.start();
    }

    /** Looks for queued imports at once, and not only with the next poll. */
    void wake() {
        worker.wake();
    }

    /** Lets imports store what they have read; they go back to the queue. */
    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public boolean isRunning() {
        return worker.isRunning();
    }
}
