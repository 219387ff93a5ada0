package org.mlxspring.engine.worker;

import java.nio.file.Path;
import org.mlxspring.engine.train.TrainEvent;

/** A process that trains within itself, twice, the second time until it is asked to stop. */
final class TrainingInProcess {

    private TrainingInProcess() {}

    public static void main(String[] arguments) throws Exception {
        InProcessLauncher launcher = new InProcessLauncher();
        try (EngineWorker worker =
                launcher.start(Recording.training(Path.of(arguments[0]), 5, false), new Recording())) {
            System.out.println(worker.await());
        }
        Recording recording = new Recording();
        try (EngineWorker worker =
                new InProcessLauncher().start(Recording.training(Path.of(arguments[0]), 1_000_000, true), recording)) {
            recording.awaitEvent(TrainEvent.Report.class);
            worker.requestStop();
            System.out.println(worker.await());
        }
    }
}
