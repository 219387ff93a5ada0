package org.mlxspring.autoconfigure.source;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.batch.FailurePlace;
import org.mlxspring.autoconfigure.batch.UnexpectedFailureException;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What the queue calls for an import: executes its Batch job and writes down how it ended. */
final class ImportExecution implements ExecutionHandler<Void> {

    private static final Logger LOG = LoggerFactory.getLogger(ImportExecution.class);

    private final ImportTable imports;
    private final ImportQueue queue;
    private final ImportWork work;
    private final BatchEngine batch;

    ImportExecution(ImportTable imports, ImportQueue queue, ImportWork work, BatchEngine batch) {
        this.imports = imports;
        this.queue = queue;
        this.work = work;
        this.batch = batch;
    }

    @Override
    public CompletionHandler<Void> execute(TaskInstance<Void> task, ExecutionContext context) {
        long id = ImportQueue.importOf(task.getId());
        ImportControl control = new ImportControl(
                () -> imports.stopRequested(id),
                () -> context.getSchedulerState().isShuttingDown(),
                () -> context.getCurrentlyExecuting().getHeartbeatState().hasStaleHeartbeat());
        Optional<ImportPlan> plan =
                imports.view(id).filter(view -> !view.state().over()).flatMap(view -> imports.plan(id));
        return plan.map(work::goOn)
                .map(each -> execute(each, control))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }

    private CompletionHandler<Void> execute(ImportPlan plan, ImportControl control) {
        imports.run(plan.id());
        if (plan.versionId().isPresent()) {
            return checkedAgain(plan);
        }
        JobParameters parameters = new JobParametersBuilder()
                .addLong(ImportJob.PARAMETER, plan.id())
                .addLong("intake", plan.intake())
                .toJobParameters();
        JobExecution execution;
        try {
            execution = batch.execute(work.job(plan, control), parameters);
        } catch (ProblemException | UnreadableSourceException e) {
            return end(plan, ImportState.FAILED, e.getMessage());
        } catch (JobExecutionException e) {
            LOG.error("Import {} could not be executed.", plan.id(), e);
            return end(plan, ImportState.FAILED, "The Batch job could not be executed; the log says why.");
        }
        return conclude(plan, control, execution);
    }

    /** A version whose check was interrupted; where the check itself fails, so does the import, and others go on. */
    private CompletionHandler<Void> checkedAgain(ImportPlan plan) {
        try {
            work.checkAgain(plan);
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("The version of import {} could not be checked: {}.", plan.id(), FailurePlace.of(e));
            return end(plan, ImportState.FAILED, reason(List.of(e)));
        }
        return succeeded(plan);
    }

    private CompletionHandler<Void> conclude(ImportPlan plan, ImportControl control, JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return succeeded(plan);
        }
        if (execution.getStatus() == BatchStatus.STOPPED) {
            return stopped(plan, control);
        }
        List<Throwable> failures = execution.getAllFailureExceptions();
        if (caused(failures, RowsChangedException.class).isPresent()) {
            LOG.info("Import {} begins anew: what it had read changed in its source.", plan.id());
            work.takeBack(plan);
            return (complete, operations) -> operations.reschedule(complete, Instant.now());
        }
        if (caused(failures, TooManyRefusedException.class).isPresent()) {
            String reason = work.tooManyRefused(plan);
            work.discard(plan);
            return end(plan, ImportState.FAILED, reason);
        }
        if (plan.source().isEmpty()
                && caused(failures, UnreadableSourceException.class).isPresent()) {
            // A file that was sent stays as it is, so a restart would come to the same place.
            work.discard(plan);
        }
        return end(plan, ImportState.FAILED, reason(failures));
    }

    private CompletionHandler<Void> succeeded(ImportPlan plan) {
        work.clear(plan);
        return end(plan, ImportState.SUCCEEDED, null);
    }

    private CompletionHandler<Void> stopped(ImportPlan plan, ImportControl control) {
        if (imports.stopRequested(plan.id())) {
            return end(plan, ImportState.STOPPED, "Stopped on request; a restart goes on from the last rows stored.");
        }
        if (control.lost().getAsBoolean()) {
            LOG.warn("Import {} is left to another instance: the database did not hear of this one.", plan.id());
            return (complete, operations) -> {};
        }
        return (complete, operations) -> operations.reschedule(complete, Instant.now());
    }

    private CompletionHandler<Void> end(ImportPlan plan, ImportState state, @Nullable String reason) {
        queue.end(plan.id(), plan.dataset(), state, reason);
        imports.view(plan.id()).ifPresent(ImportExecution::tell);
        return new CompletionHandler.OnCompleteRemove<>();
    }

    /** One line for whoever looks at the log in the morning. */
    private static void tell(ImportView view) {
        LOG.atLevel(view.state() == ImportState.FAILED ? Level.WARN : Level.INFO)
                .log(
                        "Import {} of dataset {} is {}: {}{} rows read, {} added, {} kept, {} changed, {} kept out,"
                                + " {} refused.",
                        view.id(),
                        view.dataset(),
                        view.state(),
                        view.reason() == null ? "" : view.reason() + " ",
                        view.read(),
                        view.added(),
                        view.kept(),
                        view.changed(),
                        view.keptOut(),
                        view.refused());
    }

    /** The words of failures that are known to hold no text of a row; of others, their kind. */
    private static String reason(List<Throwable> failures) {
        return caused(failures, UnreadableSourceException.class)
                .map(Throwable::getMessage)
                .or(() -> caused(failures, ProblemException.class).map(Throwable::getMessage))
                .orElseGet(() -> "The import failed with "
                        + caused(failures, UnexpectedFailureException.class)
                                .map(Throwable::getMessage)
                                .or(() -> failures.stream().findFirst().map(FailurePlace::of))
                                .orElse("an unknown error")
                        + "; the log says more. A restart goes on from the last rows stored.");
    }

    private static <T extends Throwable> Optional<T> caused(List<Throwable> failures, Class<T> type) {
        for (Throwable failure : failures) {
            for (Throwable each = failure; each != null; each = each.getCause()) {
                if (type.isInstance(each)) {
                    return Optional.of(type.cast(each));
                }
            }
        }
        return Optional.empty();
    }
}
