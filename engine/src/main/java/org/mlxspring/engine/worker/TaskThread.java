package org.mlxspring.engine.worker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one platform thread that owns MLX: its streams and caches belong to the thread that first touched them. */
final class TaskThread {

    /** MLX walks a graph by recursion; deep models need more than the usual stack. */
    private static final long STACK_BYTES = 64L << 20;

    private TaskThread() {}

    /** An executor of one daemon thread, which runs tasks one after another. */
    static ExecutorService executor() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(null, work, "mlx", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
    }
}
