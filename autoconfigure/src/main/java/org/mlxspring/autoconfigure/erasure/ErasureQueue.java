package org.mlxspring.autoconfigure.erasure;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskQueue;

/** The queue of erasures; one instance on the database works on an erasure at a time. */
final class ErasureQueue {

    private static final String TABLE = "mlx_erasure_tasks";

    /** An instance id is the id of the erasure. */
    private static final TaskDescriptor<Void> TASK = TaskDescriptor.of("mlx-erasure");

    private final SchedulerClient client;

    ErasureQueue(MlxDatabase database) {
        client = tasks(database).client();
    }

    /** Where its tasks are. */
    static TaskQueue tasks(MlxDatabase database) {
        return new TaskQueue(database, TABLE, TASK);
    }

    /** Queues an erasure inside the caller's transaction. */
    void submit(long erasure) {
        client.scheduleIfNotExists(TASK.instance(Long.toString(erasure)).scheduledTo(Instant.now()));
    }
}
