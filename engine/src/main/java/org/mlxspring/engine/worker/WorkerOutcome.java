package org.mlxspring.engine.worker;

/** How a worker ended. */
public sealed interface WorkerOutcome {

    /** The task is complete. */
    record Completed() implements WorkerOutcome {}

    /** It was asked to stop and did, in a state that the same task with {@code resume} goes on from. */
    record Stopped() implements WorkerOutcome {}

    /**
     * It failed and said why, or its process ended without a last word (killed, out of memory, a native crash).
     *
     * @param reason one line for a person
     * @param userError whether the input or the settings are at fault
     */
    record Failed(String reason, boolean userError) implements WorkerOutcome {}
}
