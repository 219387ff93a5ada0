package org.mlxspring.engine.worker;

/** A running worker. */
public interface EngineWorker extends AutoCloseable {

    /** Process id of the worker; the caller's own for one that runs in process. */
    long pid();

    /** Asks the task to stop at its next safe point; returns at once. Training writes a checkpoint first. */
    void requestStop();

    /** Waits for the end. */
    WorkerOutcome await() throws InterruptedException;

    /** Ends the worker now, whatever it is doing, and waits until it is gone. */
    @Override
    void close();
}
