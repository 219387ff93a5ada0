package org.mlxspring.autoconfigure.pipeline;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.batch.UnexpectedFailureException;
import org.mlxspring.autoconfigure.run.RunJournal;
import org.mlxspring.autoconfigure.run.RunPlan;
import org.mlxspring.autoconfigure.run.RunQueue;
import org.mlxspring.autoconfigure.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/** What the queue calls for a run: executes its Batch job and writes down how it ended. */
final class RunExecution implements ExecutionHandler<Void> {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final RunJournal journal;
    private final JobCatalog catalog;
    private final BatchEngine batch;

    RunExecution(RunJournal journal, JobCatalog catalog, BatchEngine batch) {
        this.journal = journal;
        this.catalog = catalog;
        this.batch = batch;
    }

    @Override
    public CompletionHandler<Void> execute(TaskInstance<Void> task, ExecutionContext context) {
        String run = RunQueue.runOf(task.getId());
        RunControl control = new RunControl(
                run, journal, () -> context.getSchedulerState().isShuttingDown(), () -> context.getCurrentlyExecuting()
                        .getHeartbeatState()
                        .hasStaleHeartbeat());
        return journal.open(run).map(plan -> execute(plan, control)).orElseGet(CompletionHandler.OnCompleteRemove::new);
    }

    private CompletionHandler<Void> execute(RunPlan run, RunControl control) {
        if (journal.stopRequested(run.id())) {
            journal.end(run.id(), RunState.STOPPED, "Stopped before it went on.");
            return new CompletionHandler.OnCompleteRemove<>();
        }
        Job job = catalog.job(run.id(), run.job(), control);
        JobParameters parameters =
                new JobParametersBuilder().addString("run", run.id()).toJobParameters();
        JobExecution execution;
        try {
            execution = batch.execute(job, parameters);
        } catch (JobExecutionException e) {
            LOG.error("Run {} could not be executed.", run.id(), e);
            journal.end(run.id(), RunState.FAILED, "The Batch job could not be executed: " + e.getMessage());
            return new CompletionHandler.OnCompleteRemove<>();
        }
        return conclude(run, control, execution);
    }

    private CompletionHandler<Void> conclude(RunPlan run, RunControl control, JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            journal.end(run.id(), RunState.SUCCEEDED, null);
        } else if (execution.getStatus() != BatchStatus.STOPPED) {
            journal.end(run.id(), RunState.FAILED, reason(execution));
        } else if (journal.stopRequested(run.id())) {
            journal.end(run.id(), RunState.STOPPED, "Stopped on request; restart goes on from the last checkpoint.");
        } else if (control.lost()) {
            LOG.warn("Run {} is left to another instance: the database did not hear of this one.", run.id());
            return (complete, operations) -> {};
        } else {
            journal.requeue(run.id());
            return (complete, operations) -> operations.reschedule(complete, Instant.now());
        }
        return new CompletionHandler.OnCompleteRemove<>();
    }

    /** The first failure's own words; Batch wraps what a step throws. */
    private static String reason(JobExecution execution) {
        List<Throwable> failures = execution.getAllFailureExceptions();
        Optional<RunFailedException> said = failures.stream()
                .map(RunExecution::said)
                .flatMap(Optional::stream)
                .findFirst();
        return said.map(Throwable::getMessage)
                .or(() -> failures.stream().findFirst().map(RunExecution::words))
                .orElse("The Batch job ended as " + execution.getStatus() + " without a reason.");
    }

    /** What nobody expected has its kind and place as message already. */
    private static String words(Throwable failure) {
        return failure instanceof UnexpectedFailureException
                ? "The run failed with " + failure.getMessage() + "; the log says more."
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static Optional<RunFailedException> said(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RunFailedException own) {
                return Optional.of(own);
            }
        }
        return Optional.empty();
    }
}
