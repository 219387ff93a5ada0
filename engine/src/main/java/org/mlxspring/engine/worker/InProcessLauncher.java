package org.mlxspring.engine.worker;

import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Runs workers in this JVM, one after another on one thread of its own. For development and for machines that are too
 * small for a second JVM: a crash in native code ends the application, and {@link EngineWorker#close} can only ask.
 */
public final class InProcessLauncher implements EngineLauncher, AutoCloseable {

    private final ExecutorService thread = TaskThread.executor();

    @Override
    public EngineWorker start(WorkerTask task, Consumer<WorkerMessage> listener) {
        if (thread.isShutdown()) {
            throw new WorkerStartException("The worker cannot start: the application is ending.", null);
        }
        InProcessWorker worker = new InProcessWorker(task, listener);
        thread.execute(worker);
        return worker;
    }

    /** Takes no further tasks; the one that runs is not waited for. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
