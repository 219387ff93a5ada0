package org.mlxspring.autoconfigure.database;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;

/**
 * A queue of tasks in a table of its own, which all instances of the application on the database take from. db-scheduler
 * sees to it that one of them works on a task at a time.
 *
 * @param database where it is
 * @param table its table
 * @param task the task that it holds instances of
 */
public record TaskQueue(MlxDatabase database, String table, TaskDescriptor<Void> task) {

    /** What puts instances into the queue; each call is part of the caller's transaction. */
    public SchedulerClient client() {
        return SchedulerClient.Builder.create(database.dataSource())
                .tableName(table)
                .jdbcCustomization(database.taskTables())
                .build();
    }
}
