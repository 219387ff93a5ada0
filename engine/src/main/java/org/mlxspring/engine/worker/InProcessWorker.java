package org.mlxspring.engine.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A task on the thread that owns MLX in this JVM. */
final class InProcessWorker implements EngineWorker, Runnable {

    private final WorkerTask task;
    private final Consumer<WorkerMessage> listener;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final CompletableFuture<WorkerOutcome> outcome = new CompletableFuture<>();

    InProcessWorker(WorkerTask task, Consumer<WorkerMessage> listener) {
        this.task = task;
        this.listener = new SafeListener(listener);
    }

    @Override
    public void run() {
        if (stop.get()) {
            outcome.complete(new WorkerOutcome.Stopped());
            return;
        }
        try {
            outcome.complete(new TaskRunner(listener, stop::get).run(task));
        } catch (RuntimeException | Error e) {
            outcome.complete(new WorkerOutcome.Failed(e.toString(), false));
            throw e;
        }
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public void requestStop() {
        stop.set(true);
    }

    @Override
    public WorkerOutcome await() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome is never an exception", e);
        }
    }

    @Override
    public void close() {
        stop.set(true);
        outcome.join();
    }
}
