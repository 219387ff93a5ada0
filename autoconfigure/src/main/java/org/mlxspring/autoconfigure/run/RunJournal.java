package org.mlxspring.autoconfigure.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.engine.train.TrainEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionOperations;

/** What the pipeline writes down about a run while it works on it; one log line for every change of state. */
public class RunJournal {

    private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);

    private final TransactionOperations transactions;
    private final RunRepository runs;
    private final RunMetrics metrics;
    private final ApplicationEventPublisher listeners;

    RunJournal(MlxDatabase database, ApplicationEventPublisher listeners) {
        this.listeners = listeners;
        transactions = database.transactions();
        runs = database.repository(RunRepository.class);
        metrics = new RunMetrics(database.repository(RunMetricRepository.class));
    }

    /** What to do for a run; empty if it is gone or over. */
    public Optional<RunPlan> open(String id) {
        return runs.findById(id).filter(run -> !run.state().over()).map(RunEntity::plan);
    }

    /** The run as it is now. */
    public RunPlan plan(String id) {
        return runs.findById(id)
                .orElseThrow(() -> new IllegalStateException("Run " + id + " is gone from the database."))
                .plan();
    }

    /** Whether somebody asked the run to stop. */
    public boolean stopRequested(String id) {
        return runs.findById(id).map(RunEntity::stopRequested).orElse(true);
    }

    /** A phase of work begins, {@link RunState#PREPARING} to {@link RunState#FUSING}. */
    public void enter(String id, RunState phase) {
        RunView entered = change(id, run -> run.enter(phase));
        LOG.info("Run {} is {}.", id, phase);
        tell(new RunStateChanged(entered));
    }

    /** The run goes back to the queue because this instance shuts down. */
    public void requeue(String id) {
        RunView queued = change(id, RunEntity::requeue);
        LOG.info("Run {} is QUEUED again because this instance shuts down.", id);
        tell(new RunStateChanged(queued));
    }

    /** The run is over. */
    public void end(String id, RunState end, @Nullable String reason) {
        RunView ended = change(id, run -> run.end(end, reason));
        if (end == RunState.FAILED) {
            LOG.warn("Run {} is FAILED: {}", id, reason);
        } else {
            LOG.info("Run {} is {}.{}", id, end, reason == null ? "" : " " + reason);
        }
        tell(new RunStateChanged(ended));
    }

    /** Something happened in training. */
    public void training(String id, TrainEvent event) {
        RunView reported = change(id, run -> {
            switch (event) {
                case TrainEvent.Started started -> {
                    metrics.forgetFrom(id, started.firstIteration());
                    run.reached(started.firstIteration() - 1);
                }
                case TrainEvent.Report report -> {
                    metrics.add(id, report);
                    run.reached(report.iteration());
                }
                case TrainEvent.Referenced referenced -> run.referenced(referenced.answers(), referenced.total());
                case TrainEvent.Notice notice -> LOG.info("Run {}: {}", id, notice.text());
                case TrainEvent.Validated validated -> metrics.add(id, validated);
                case TrainEvent.Saved saved -> run.reached(saved.iteration());
                case TrainEvent.Tested tested -> metrics.add(id, run.iteration(), tested);
                case TrainEvent.Finished finished -> {
                    run.reached(finished.iteration());
                    finished.best().ifPresent(run::best);
                }
            }
        });
        tell(new TrainingReported(reported, event));
    }

    /**
     * The training has read its base model.
     *
     * @param hash SHA-256 of its configuration and weights, in hexadecimal digits
     */
    public void baseModel(String id, String hash) {
        change(id, run -> run.trainsOn(hash));
    }

    /** The adapter is complete. */
    public void trained(String id) {
        change(id, RunEntity::trainingDone);
    }

    /** The comparison and what the gate made of it. */
    public void judged(String id, List<RunScore> scores, Decision decision, String why) {
        change(id, run -> run.judged(scores, decision, why));
        LOG.info("Run {}: candidate {}. {}", id, decision, why);
    }

    /** The fused model is complete, and this far from base and adapter. */
    public void fused(String id, Path model, List<RunCheck> checks) {
        change(id, run -> run.fused(model, checks));
    }

    private RunView change(String id, Consumer<RunEntity> change) {
        return Objects.requireNonNull(transactions.execute(status -> {
            RunEntity run = runs.lock(id)
                    .orElseThrow(() -> new IllegalStateException("Run " + id + " is gone from the database."));
            change.accept(run);
            return run.view();
        }));
    }

    /** A listener of the host must not be able to end a run. */
    private void tell(Object event) {
        try {
            listeners.publishEvent(event);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A listener of {} failed; the run goes on.",
                    event.getClass().getSimpleName(),
                    e);
        }
    }
}
