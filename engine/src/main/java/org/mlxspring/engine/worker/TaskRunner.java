package org.mlxspring.engine.worker;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Does a task on the calling thread, which must own MLX, and tells what happens. */
final class TaskRunner {

    private final Consumer<WorkerMessage> messages;
    private final BooleanSupplier stopRequested;

    TaskRunner(Consumer<WorkerMessage> messages, BooleanSupplier stopRequested) {
        this.messages = messages;
        this.stopRequested = stopRequested;
    }

    WorkerOutcome run(WorkerTask task) {
        messages.accept(new WorkerMessage.Ready(ProcessHandle.current().pid(), "", ""));
        WorkerMessage.Failed failed = new WorkerMessage.Failed("not yet " + stopRequested.getAsBoolean(), false);
        messages.accept(failed);
        return new WorkerOutcome.Failed(failed.error(), failed.userError());
    }
}
