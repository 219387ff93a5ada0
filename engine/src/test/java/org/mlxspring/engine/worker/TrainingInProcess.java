package org.mlxspring.engine.worker;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.mlxspring.engine.train.TrainEvent;

/** A process that trains within itself several times, and prints what became of it. */
final class TrainingInProcess {

    private TrainingInProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        oneAfterAnother(folder);
        stopped(folder.resolve("a"));
        withAListenerThatFails(folder.resolve("c"));
    }

    private static void oneAfterAnother(Path folder) throws Exception {
        Recording recording = new Recording();
        try (EngineWorker first = start(folder.resolve("a"), 5, recording);
                EngineWorker second = start(folder.resolve("b"), 5, recording)) {
            System.out.println("one after another: " + first.await() + " " + second.await());
            System.out.println("here: "
                    + (first.pid() == ProcessHandle.current().pid()
                            && second.pid() == ProcessHandle.current().pid()));
        }
        System.out.println(recording.messages().stream()
                .filter(message -> message instanceof WorkerMessage.Ready || message instanceof WorkerMessage.Done)
                .map(message -> message.getClass().getSimpleName())
                .collect(Collectors.joining(" ", "said: ", "")));
    }

    private static void stopped(Path adapter) throws Exception {
        Recording recording = new Recording();
        try (EngineWorker first = start(adapter, 1_000_000, recording);
                EngineWorker second = start(adapter.resolveSibling("d"), 5, new Recording())) {
            recording.awaitEvent(TrainEvent.Report.class);
            second.requestStop();
            first.requestStop();
            System.out.println("stopped while it trains: " + first.await());
            System.out.println("stopped while it waits: " + second.await());
        }
    }

    private static void withAListenerThatFails(Path adapter) throws Exception {
        try (EngineWorker worker = new InProcessLauncher().start(Recording.training(adapter, 5, false), message -> {
            throw new IllegalStateException("the database is away");
        })) {
            System.out.println("with a listener that fails: " + worker.await());
        }
    }

    private static EngineWorker start(Path adapter, int iterations, Recording recording) {
        return new InProcessLauncher().start(Recording.training(adapter, iterations, iterations > 5), recording);
    }
}
