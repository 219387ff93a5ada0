package org.mlxspring.engine.worker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one platform thread that owns MLX: its streams and caches belong to the thread that first touched them. */
final class TaskThread {

    /** MLX walks a graph by recursion; deep models need more than the usual stack. */
    private static final long STACK_BYTES = 64L << 20;

    /** Made with its first task. A second thread of this JVM could never touch MLX, so there is only this one. */
    private static final ExecutorService ONLY = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(null, work, "mlx", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    });

    private TaskThread() {}

    /** Runs tasks one after another. */
    static void execute(Runnable task) {
        ONLY.execute(task);
    }
}
