package org.mlxspring.engine.worker;

import java.nio.file.Path;
import org.mlxspring.engine.train.TrainEvent;

/** An application of its own process that has a worker train without end, and prints the worker's process id. */
final class ApplicationWithWorker {

    private ApplicationWithWorker() {}

    public static void main(String[] arguments) throws Exception {
        Recording recording = new Recording();
        EngineWorker worker = new ProcessLauncher(WorkerJvm.ofThisProcess())
                .start(Recording.training(Path.of(arguments[0]), 1_000_000, false), recording);
        recording.awaitEvent(TrainEvent.Report.class);
        System.out.println(worker.pid());
        worker.await();
    }
}
