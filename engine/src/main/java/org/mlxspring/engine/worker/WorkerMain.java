package org.mlxspring.engine.worker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.distributed.Place;
import sun.misc.Signal;
import sun.misc.SignalHandler;
import tools.jackson.core.JacksonException;

/**
 * The worker's process: reads a {@link WorkerTask} from standard input, does it, and answers on standard output.
 *
 * <p>Ctrl-C in a terminal reaches every process of the application; the application alone decides what becomes of its
 * workers, so they do not listen to it. When standard input ends, the application is gone, and so is the worker: at
 * once, without a checkpoint, since another instance may already have taken its run over.
 */
public final class WorkerMain {

    private static final FileOutputStream MESSAGES = new FileOutputStream(FileDescriptor.out);

    private WorkerMain() {}

    public static void main(String[] arguments) {
        Mlx.ownProcess();
        // Whatever a library prints would stand between the messages.
        System.setOut(System.err);
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = nextLine(in);
        if (line == null) {
            end(ExitCode.ORPHANED);
            return;
        }
        WorkerTask task;
        try {
            task = WorkerJson.task(line);
        } catch (JacksonException e) {
            fail("The worker could not read its task: " + e.getOriginalMessage()
                    + ". The application and the worker may run different versions of the engine.");
            return;
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread.ofPlatform().daemon().name("commands").start(() -> obey(in, stop));
        Optional<Place> place;
        try {
            place = Place.of(System.getenv());
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
            return;
        }
        TaskRunner runner = new TaskRunner(WorkerMain::say, stop::get, place, WorkerMain::fail);
        TaskThread.execute(() -> end(
                switch (runner.run(task)) {
                    case WorkerOutcome.Stopped stopped -> ExitCode.STOPPED;
                    case WorkerOutcome.Completed completed -> ExitCode.SAID;
                    case WorkerOutcome.Failed failed -> ExitCode.SAID;
                }));
        sleepUntilTheEnd();
    }

    private static void fail(String reason) {
        say(new WorkerMessage.Failed(reason, false));
        end(ExitCode.SAID);
    }

    private static void obey(BufferedReader in, AtomicBoolean stop) {
        for (String line = nextLine(in); line != null; line = nextLine(in)) {
            try {
                switch (WorkerJson.command(line)) {
                    case WorkerCommand.Stop ignored -> stop.set(true);
                }
            } catch (JacksonException e) {
                System.err.println("Passed over a line on standard input that is no command.");
            }
        }
        end(ExitCode.ORPHANED);
    }

    /** Native code may write to the same descriptor, and leave a line open: a message begins on a line of its own. */
    private static void say(WorkerMessage message) {
        byte[] line = ("\n" + WorkerJson.line(message) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (MESSAGES) {
            try {
                MESSAGES.write(line);
            } catch (IOException e) {
                end(ExitCode.ORPHANED);
            }
        }
    }

    private static @Nullable String nextLine(BufferedReader in) {
        try {
            return in.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    /** No shutdown hook of a library may delay the end; all that matters is on disk. */
    private static void end(int code) {
        Runtime.getRuntime().halt(code);
    }

    private static void sleepUntilTheEnd() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
