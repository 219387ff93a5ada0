package org.mlxspring.engine.worker;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSettings;
import org.mlxspring.engine.train.TrainSpec;

/** Keeps what a worker says, and waits for a part of it. */
final class Recording implements Consumer<WorkerMessage> {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<WorkerMessage> messages = new ArrayList<>();

    @Override
    public synchronized void accept(WorkerMessage message) {
        messages.add(message);
        notifyAll();
    }

    synchronized List<WorkerMessage> messages() {
        return List.copyOf(messages);
    }

    synchronized <T> List<T> messages(Class<T> type) {
        return messages.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends TrainEvent> List<T> events(Class<T> type) {
        return messages(WorkerMessage.Training.class).stream()
                .map(WorkerMessage.Training::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    synchronized void awaitMessage(Predicate<WorkerMessage> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (messages.stream().noneMatch(wanted)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("The worker did not say what was waited for; it said " + messages);
            }
            wait(left);
        }
    }

    void awaitEvent(Class<? extends TrainEvent> type) throws InterruptedException {
        awaitMessage(
                message -> message instanceof WorkerMessage.Training training && type.isInstance(training.event()));
    }

    static Path fixture(String name) {
        try {
            return Path.of(Recording.class.getResource("/fixtures/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A run on the llama fixture that reports and saves every 5 iterations. */
    static WorkerTask.Train training(Path adapterPath, int iterations, boolean resume) {
        TrainSettings settings = TrainSettings.fromMap(Map.of(
                "iters",
                iterations,
                "steps_per_report",
                5,
                "save_every",
                5,
                "steps_per_eval",
                1_000_000,
                "num_layers",
                -1));
        return new WorkerTask.Train(new TrainSpec(
                fixture("llama/model"),
                fixture("llama/data"),
                Optional.empty(),
                adapterPath,
                settings,
                Optional.empty(),
                resume,
                false));
    }
}
