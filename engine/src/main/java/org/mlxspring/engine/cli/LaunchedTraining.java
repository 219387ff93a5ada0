package org.mlxspring.engine.cli;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSpec;
import org.mlxspring.engine.worker.EngineWorker;
import org.mlxspring.engine.worker.ProcessLauncher;
import org.mlxspring.engine.worker.TaskFailure;
import org.mlxspring.engine.worker.WorkerHosts;
import org.mlxspring.engine.worker.WorkerJvm;
import org.mlxspring.engine.worker.WorkerMessage;
import org.mlxspring.engine.worker.WorkerOutcome;
import org.mlxspring.engine.worker.WorkerTask;

/**
 * A training run in processes of its own, of which this one is none.
 *
 * @param hosts where they are started
 * @param stopRequested asked now and then
 */
record LaunchedTraining(WorkerHosts hosts, BooleanSupplier stopRequested) {

    private static final long LOOK_MILLIS = 200;

    /**
     * @throws LaunchedTrainingException if the run fails
     */
    void run(TrainSpec spec, Consumer<TrainEvent> listener) {
        ProcessLauncher launcher = new ProcessLauncher(WorkerJvm.ofThisProcess(), hosts);
        try (EngineWorker worker = launcher.start(new WorkerTask.Train(spec), message -> {
            if (message instanceof WorkerMessage.Training(TrainEvent event)) {
                listener.accept(event);
            }
        })) {
            Thread.ofVirtual().start(() -> passStopOn(worker));
            if (worker.await() instanceof WorkerOutcome.Failed failed) {
                throw new LaunchedTrainingException(new TaskFailure(failed.reason(), failed.userError()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchedTrainingException(new TaskFailure("Waiting for the processes was interrupted.", false));
        }
    }

    private void passStopOn(EngineWorker worker) {
        try {
            while (!stopRequested.getAsBoolean()) {
                Thread.sleep(LOOK_MILLIS);
            }
            worker.requestStop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
