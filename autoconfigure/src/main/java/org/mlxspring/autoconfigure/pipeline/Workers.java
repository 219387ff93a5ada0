package org.mlxspring.autoconfigure.pipeline;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.worker.EngineLauncher;
import org.mlxspring.engine.worker.EngineWorker;
import org.mlxspring.engine.worker.WorkerMessage;
import org.mlxspring.engine.worker.WorkerOutcome;
import org.mlxspring.engine.worker.WorkerTask;
import org.springframework.batch.core.job.JobInterruptedException;

/** Runs one worker to its end on the thread of a step: passes its messages on, and stops it when that is asked for. */
final class Workers {

    private static final long LOOK_MILLIS = 1000;

    private final EngineLauncher launcher;

    Workers(EngineLauncher launcher) {
        this.launcher = launcher;
    }

    /**
     * @param listener receives the worker's messages on the calling thread
     * @throws JobInterruptedException if the worker was stopped
     * @throws RunFailedException if the worker failed, with its reason
     */
    void run(WorkerTask task, RunControl control, Consumer<WorkerMessage> listener) throws JobInterruptedException {
        BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
        try (EngineWorker worker = launcher.start(task, message -> signals.add(new Said(message)))) {
            Thread.ofVirtual().name("mlx-worker-" + worker.pid()).start(() -> await(worker, signals));
            boolean asked = false;
            long nextLook = System.nanoTime();
            while (true) {
                @Nullable Signal signal = signals.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (signal instanceof Said(WorkerMessage message)) {
                    listener.accept(message);
                } else if (signal instanceof Ended(WorkerOutcome outcome)) {
                    end(outcome);
                    return;
                }
                if (System.nanoTime() >= nextLook) {
                    if (control.lost()) {
                        throw new JobInterruptedException("The database did not hear of this instance for too long.");
                    }
                    if (!asked && control.stopWanted()) {
                        worker.requestStop();
                        asked = true;
                    }
                    nextLook = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            throw new JobInterruptedException("This instance did not wait for the worker to stop.");
        }
    }

    private static void await(EngineWorker worker, BlockingQueue<Signal> signals) {
        try {
            signals.add(new Ended(worker.await()));
        } catch (InterruptedException e) {
            signals.add(new Ended(new WorkerOutcome.Failed("Waiting for the worker was interrupted.", false)));
        }
    }

    private static void end(WorkerOutcome outcome) throws JobInterruptedException {
        switch (outcome) {
            case WorkerOutcome.Completed ignored -> {}
            case WorkerOutcome.Stopped ignored -> throw new JobInterruptedException("The worker was stopped.");
            case WorkerOutcome.Failed failed -> throw new RunFailedException(failed.reason());
        }
    }

    private sealed interface Signal {}

    private record Said(WorkerMessage message) implements Signal {}

    private record Ended(WorkerOutcome outcome) implements Signal {}
}
