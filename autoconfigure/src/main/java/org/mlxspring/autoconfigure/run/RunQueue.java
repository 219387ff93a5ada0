package org.mlxspring.autoconfigure.run;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskQueue;

/** The queue that every instance on the same database takes runs from. */
public final class RunQueue {

    private static final String TABLE = "mlx_run_tasks";

    /** The task of the queue; an instance id is {@code RUN#ATTEMPT}. */
    private static final TaskDescriptor<Void> TASK = TaskDescriptor.of("mlx-run");

    private final SchedulerClient client;

    RunQueue(MlxDatabase database) {
        client = tasks(database).client();
    }

    /** Where its tasks are. */
    public static TaskQueue tasks(MlxDatabase database) {
        return new TaskQueue(database, TABLE, TASK);
    }

    /** Queues an attempt inside the caller's transaction. */
    void submit(String run, int attempt) {
        client.scheduleIfNotExists(TASK.instance(run + "#" + attempt).scheduledTo(Instant.now()));
    }

    /** The run of an instance id of {@link #TASK}. */
    public static String runOf(String instance) {
        return instance.substring(0, instance.lastIndexOf('#'));
    }
}
