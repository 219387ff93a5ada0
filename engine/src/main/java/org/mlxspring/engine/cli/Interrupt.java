package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/** Ctrl-C while training: the first asks for a checkpoint and an end, the second ends at once. */
final class Interrupt implements BooleanSupplier {

    /** The exit code of a program that SIGINT ended. */
    static final int EXIT_CODE = 130;

    private final AtomicInteger count = new AtomicInteger();

    Interrupt(PrintWriter err) {
        Signal.handle(new Signal("INT"), signal -> {
            if (count.incrementAndGet() > 1) {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
            err.println("Stopping after this iteration, with a checkpoint. Ctrl-C again ends at once, without one.");
            err.flush();
        });
    }

    /** Whether a stop was asked for. */
    @Override
    public boolean getAsBoolean() {
        return count.get() > 0;
    }
}
