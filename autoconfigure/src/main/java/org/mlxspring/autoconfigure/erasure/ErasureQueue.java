package org.mlxspring.autoconfigure.erasure;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import org.mlxspring.autoconfigure.database.MlxDatabase;

/** The queue of erasures; one instance on the database works on an erasure at a time. */
final class ErasureQueue {

    static final String TABLE = "mlx_erasure_tasks";

    /** An instance id is the id of the erasure. */
    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("mlx-erasure");

    private final SchedulerClient client;

    ErasureQueue(MlxDatabase database) {
        client = SchedulerClient.Builder.create(database.dataSource())
                .tableName(TABLE)
                .jdbcCustomization(database.taskTables())
                .build();
    }

    /** Queues an erasure inside the caller's transaction. */
    void submit(long erasure) {
        client.scheduleIfNotExists(TASK.instance(Long.toString(erasure)).scheduledTo(Instant.now()));
    }
}
