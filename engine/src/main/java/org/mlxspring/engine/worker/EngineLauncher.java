package org.mlxspring.engine.worker;

import java.util.function.Consumer;

/** Starts workers: as a child JVM ({@code ProcessLauncher}) or in this one ({@code InProcessLauncher}). */
public interface EngineLauncher {

    /**
     * Starts a worker on a task.
     *
     * @param task what to do
     * @param listener receives every message in order, on a thread of the launcher; it must not block for long
     * @throws WorkerStartException if the worker could not be started
     */
    EngineWorker start(WorkerTask task, Consumer<WorkerMessage> listener);
}
