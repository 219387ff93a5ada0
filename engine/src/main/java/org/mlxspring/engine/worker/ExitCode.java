package org.mlxspring.engine.worker;

import java.util.Map;

/** Exit codes of the worker's process, and what those of others mean. */
final class ExitCode {

    /** The task is complete, or it failed and the last message said why. */
    static final int SAID = 0;
    /** The task ended early because it was asked to. */
    static final int STOPPED = 10;
    /** Standard input ended: the process that started the worker is gone. */
    static final int ORPHANED = 11;
    /** The JVM ends itself with this code under {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int OUT_OF_HEAP = 3;

    /** A process that died from signal N has exit code 128 + N in Java's eyes. */
    private static final int SIGNAL = 128;

    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP), which a closing terminal sends",
            2, "SIGINT), which Ctrl-C sends",
            4, "SIGILL): native code uses instructions that this processor lacks",
            6, "SIGABRT): native code gave up, for example because the accelerator's memory ran out",
            7, "SIGBUS): native code crashed, for example because a mapped file was cut or the disk is full",
            8, "SIGFPE): native code crashed",
            9, "SIGKILL), for example by the kernel when memory runs out",
            11, "SIGSEGV): native code crashed",
            15, "SIGTERM), which a person or a service manager sends");

    private ExitCode() {}

    /** How a process ended that said nothing itself: a sentence without its full stop. */
    static String describe(int code) {
        if (code > SIGNAL && code < SIGNAL + 65) {
            int signal = code - SIGNAL;
            return "The worker was killed by signal " + signal + " (" + SIGNALS.getOrDefault(signal, "see kill -l)");
        }
        return switch (code) {
            case OUT_OF_HEAP -> "The worker ended with exit code 3: its Java heap was too small; give it more (-Xmx)";
            case ORPHANED -> "The worker ended with exit code 11: its standard input was closed";
            case 1 ->
                "The worker ended with exit code 1: its JVM did not start, or its main class was not found or failed";
            default -> "The worker ended with exit code " + code + " before its task was complete";
        };
    }
}
