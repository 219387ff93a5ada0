package org.mlxspring.autoconfigure.retention;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskWorker;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.support.CronExpression;

/** Does the clean-ups that are due while the application runs; of several instances on one database, one does it. */
class CleanUpRunner implements SmartLifecycle {

    private static final Duration POLLING = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final CleanUps cleanUps;
    private final CleanUpQueue queue;
    private final Optional<CronExpression> cron;
    private final TaskWorker worker;

    CleanUpRunner(MlxDatabase database, CleanUps cleanUps, CleanUpQueue queue, CleanUpProperties properties) {
        this.cleanUps = cleanUps;
        this.queue = queue;
        this.cron = properties.expression();
        worker = new TaskWorker(
                CleanUpQueue.tasks(database),
                new TaskWorker.Pace(1, POLLING, HEARTBEAT, AGAIN, HEARTBEAT),
                (task, context) -> clean(task.getId()));
    }

    @Override
    public void start() {
        if (worker.isRunning()) {
            return;
        }
        queue.setNightly(next());
        worker.start();
    }

    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public boolean isRunning() {
        return worker.isRunning();
    }

    /** The nightly one queues a clean-up like any other, so that one that was broken off goes on by itself. */
    private CompletionHandler<Void> clean(String instance) {
        if (!instance.equals(CleanUpQueue.NIGHTLY)) {
            cleanUps.work(Long.parseLong(instance));
            return new CompletionHandler.OnCompleteRemove<>();
        }
        cleanUps.start("clock", false);
        return next().<CompletionHandler<Void>>map(
                        time -> (complete, operations) -> operations.reschedule(complete, time))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }

    private Optional<Instant> next() {
        return cron.map(expression -> expression.next(ZonedDateTime.now())).map(ZonedDateTime::toInstant);
    }
}
