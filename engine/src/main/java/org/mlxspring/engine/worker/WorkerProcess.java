package org.mlxspring.engine.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker in a child JVM, seen from the process that started it. */
final class WorkerProcess implements EngineWorker {

    private static final Logger LOG = System.getLogger(WorkerProcess.class.getName());
    /** A compiler that a dead worker left behind may hold its pipes open; its last words have arrived by then. */
    private static final Duration PIPE_GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final Consumer<WorkerMessage> listener;
    private final Runnable onMessage;
    private final WorkerLog log;
    private final Thread stdout;
    private final Thread stderr;
    private volatile @Nullable WorkerMessage lastWord;
    private volatile boolean closed;

    /**
     * Hands the task over and begins to listen.
     *
     * @param onMessage run once, when the worker has shown that it is up, or has ended without
     */
    WorkerProcess(
            Process process, WorkerTask task, WorkerLog log, Consumer<WorkerMessage> listener, Runnable onMessage) {
        this.process = process;
        this.listener = new SafeListener(listener);
        this.onMessage = onMessage;
        this.log = log;
        this.stdout = Thread.ofPlatform()
                .daemon()
                .name("mlx-worker-" + process.pid() + "-messages")
                .start(this::listen);
        this.stderr = Thread.ofPlatform()
                .daemon()
                .name("mlx-worker-" + process.pid() + "-log")
                .start(() -> log.drain(process.getErrorStream()));
        send(WorkerJson.line(task));
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void requestStop() {
        send(WorkerJson.line(new WorkerCommand.Stop()));
    }

    @Override
    public WorkerOutcome await() throws InterruptedException {
        int code = process.waitFor();
        stdout.join(PIPE_GRACE);
        stderr.join(PIPE_GRACE);
        return outcome(code);
    }

    @Override
    public void close() {
        closed = true;
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether its last message was why it failed; for one that has ended. */
    boolean saidWhy() {
        return lastWord instanceof WorkerMessage.Failed;
    }

    private WorkerOutcome outcome(int code) {
        return switch (lastWord) {
            case WorkerMessage.Done done -> new WorkerOutcome.Completed();
            case WorkerMessage.Failed failed -> new WorkerOutcome.Failed(failed.error(), failed.userError());
            case null, default -> {
                if (code == ExitCode.STOPPED) {
                    yield new WorkerOutcome.Stopped();
                }
                yield closed
                        ? new WorkerOutcome.Failed("The worker was ended before its task was complete.", false)
                        : new WorkerOutcome.Failed(ExitCode.describe(code) + "." + log.lastWords(), false);
            }
        };
    }

    private void listen() {
        long strange = 0;
        boolean first = true;
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                var message = WorkerJson.message(line);
                if (message.isPresent()) {
                    if (first) {
                        first = false;
                        onMessage.run();
                    }
                    receive(message.get());
                } else if (!line.isBlank()) {
                    strange++;
                }
            }
        } catch (IOException e) {
            LOG.log(
                    Level.DEBUG,
                    "Worker {0}''s standard output ended early: {1}",
                    Long.toString(pid()),
                    e.getMessage());
        } finally {
            if (first) {
                onMessage.run();
            }
        }
        if (strange > 0) {
            LOG.log(
                    Level.INFO,
                    "Lines on the standard output of worker {0} that are no messages and were passed over: {1}.",
                    Long.toString(pid()),
                    strange);
        }
    }

    private void receive(WorkerMessage message) {
        if (message instanceof WorkerMessage.Done || message instanceof WorkerMessage.Failed) {
            lastWord = message;
        }
        listener.accept(message);
    }

    private synchronized void send(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            // The worker is gone; how it ended is what await() tells.
            LOG.log(Level.DEBUG, "Worker {0} no longer listens: {1}", Long.toString(pid()), e.getMessage());
        }
    }
}
