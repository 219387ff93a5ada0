package org.mlxspring.autoconfigure.pipeline;

import java.time.Duration;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskWorker;
import org.mlxspring.autoconfigure.run.RunQueue;
import org.springframework.context.SmartLifecycle;

/**
 * Takes runs from the queue while the application runs. A run whose instance died is seen by its missing heartbeats and
 * taken up again, here or on another instance.
 */
class RunScheduler implements SmartLifecycle {

    private static final Duration POLLING = Duration.ofSeconds(1);

    private final RunProperties properties;
    private final TaskWorker worker;

    RunScheduler(MlxDatabase database, RunExecution execution, RunProperties properties) {
        this.properties = properties;
        // Only an execution that could not reach the database throws; the run is tried again.
        TaskWorker.Pace pace = new TaskWorker.Pace(
                properties.concurrency(),
                POLLING,
                properties.heartbeat(),
                properties.heartbeat().multipliedBy(2),
                properties.shutdownWait());
        worker = new TaskWorker(RunQueue.tasks(database), pace, execution);
    }

    @Override
    public void start() {
        if (properties.concurrency() > 0) {
            worker.start();
        }
    }

    /** Lets running workers write their checkpoints; their runs go back to the queue. */
    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public boolean isRunning() {
        return worker.isRunning();
    }
}
