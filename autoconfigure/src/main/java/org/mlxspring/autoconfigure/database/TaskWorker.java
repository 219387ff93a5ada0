package org.mlxspring.autoconfigure.database;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.ExecutionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Works on the tasks of a queue between its start and its stop. For any thread. */
public final class TaskWorker {

    private static final int MISSED_HEARTBEATS = 4;

    private final TaskQueue queue;
    private final Pace pace;
    private final ExecutionHandler<Void> work;
    private Optional<Scheduler> scheduler = Optional.empty();

    /** @param work what is done for an instance; where it throws, it is done again after {@link Pace#again} */
    public TaskWorker(TaskQueue queue, Pace pace, ExecutionHandler<Void> work) {
        this.queue = queue;
        this.pace = pace;
        this.work = work;
    }

    /**
     * How it works.
     *
     * @param threads tasks at once
     * @param polling how often it looks for tasks that are due
     * @param heartbeat how often it says that it is alive; the task of one that missed four is done by another
     * @param again how long after a failure a task is tried again
     * @param stopping how long a stop waits for tasks under way
     */
    public record Pace(int threads, Duration polling, Duration heartbeat, Duration again, Duration stopping) {}

    /** Takes tasks from now on; nothing happens where it does so already. */
    public synchronized void start() {
        if (scheduler.isPresent()) {
            return;
        }
        Scheduler started = Scheduler.create(
                        queue.database().dataSource(),
                        List.of(Tasks.custom(queue.task())
                                .onFailure(new FailureHandler.OnFailureReschedule<>(FixedDelay.of(pace.again())))
                                .onDeadExecutionRevive()
                                .execute(work)))
                .tableName(queue.table())
                .jdbcCustomization(queue.database().taskTables())
                .threads(pace.threads())
                .pollingInterval(pace.polling())
                .heartbeatInterval(pace.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(pace.stopping())
                .build();
        started.start();
        scheduler = Optional.of(started);
    }

    /** Looks for due tasks at once, and not only with the next poll. */
    public synchronized void wake() {
        scheduler.ifPresent(Scheduler::triggerCheckForDueExecutions);
    }

    /** Takes no more tasks, and lets those under way end. */
    public synchronized void stop() {
        scheduler.ifPresent(Scheduler::stop);
        scheduler = Optional.empty();
    }

    /** Whether it takes tasks. */
    public synchronized boolean isRunning() {
        return scheduler.isPresent();
    }
}
