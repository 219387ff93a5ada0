package org.mlxspring.autoconfigure.retention;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskQueue;

/** When clean-ups are due, kept in the database so that one of all instances on it does each. */
final class CleanUpQueue {

    private static final String TABLE = "mlx_clean_up_tasks";

    /** An instance id is {@link #NIGHTLY}, or the id of a clean-up that was asked for. */
    private static final TaskDescriptor<Void> TASK = TaskDescriptor.of("mlx-clean-up");

    static final String NIGHTLY = "nightly";

    private final SchedulerClient client;

    CleanUpQueue(MlxDatabase database) {
        client = tasks(database).client();
    }

    /** Where its tasks are. */
    static TaskQueue tasks(MlxDatabase database) {
        return new TaskQueue(database, TABLE, TASK);
    }

    /** Queues a clean-up inside the caller's transaction. */
    void submit(long cleanUp) {
        client.scheduleIfNotExists(TASK.instance(Long.toString(cleanUp)).scheduledTo(Instant.now()));
    }

    /** Sets the time of the nightly one, which a restart with another cron expression moves; empty for never. */
    void setNightly(Optional<Instant> next) {
        Optional<ScheduledExecution<Object>> existing = client.getScheduledExecution(TASK.instanceId(NIGHTLY));
        if (next.isEmpty()) {
            existing.ifPresent(execution -> client.cancel(TASK.instanceId(NIGHTLY)));
        } else if (existing.isEmpty()) {
            client.scheduleIfNotExists(TASK.instance(NIGHTLY).scheduledTo(next.get()));
        } else if (!existing.get().isPicked()
                && existing.get().getExecutionTime().isAfter(Instant.now())) {
            client.reschedule(TASK.instanceId(NIGHTLY), next.get());
        }
    }
}
