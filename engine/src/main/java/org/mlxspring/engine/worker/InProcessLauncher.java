package org.mlxspring.engine.worker;

import java.util.function.Consumer;

/**
 * Runs workers in this JVM, one after another on the one thread that owns MLX in it. For development and for machines
 * that are too small for a second JVM: a crash in native code ends the application, and {@link EngineWorker#close} can
 * only ask, and wait.
 */
public final class InProcessLauncher implements EngineLauncher {

    @Override
    public EngineWorker start(WorkerTask task, Consumer<WorkerMessage> listener) {
        InProcessWorker worker = new InProcessWorker(task, listener);
        TaskThread.execute(worker);
        return worker;
    }
}
