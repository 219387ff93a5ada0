package org.mlxspring.autoconfigure.source;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.batch.StepGuard;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/**
 * The Batch job of an import: {@code rows} reads, prepares and stores bundle by bundle, {@code version} makes a version
 * of them and has it checked. Built for each execution and no bean: a {@code Job} bean would stop a host's start.
 */
final class ImportJob {

    static final String NAME = "import";

    /** The parameter with the import's id. */
    static final String PARAMETER = "import";

    private static final String ROWS = "rows";

    /** All that steps of an import throw on purpose. */
    private static final StepGuard GUARD = new StepGuard(Set.of(
            ProblemException.class,
            RowsChangedException.class,
            TooManyRefusedException.class,
            UnreadableSourceException.class));

    private final BatchEngine batch;
    private final MlxDatabase database;

    ImportJob(BatchEngine batch, MlxDatabase database) {
        this.batch = batch;
        this.database = database;
    }

    Job build(ImportReader reader, RowPreparation preparation, ImportWriter writer, Tasklet version) {
        return new JobBuilder(NAME, batch.repository())
                .start(rows(reader, preparation, writer))
                .next(new StepBuilder("version", batch.repository())
                        .tasklet(GUARD.of(version), new ResourcelessTransactionManager())
                        .build())
                .build();
    }

    /** What the step of the rows noted when it ended, in this execution of the job or an earlier one. */
    ExecutionContext rowsOf(StepExecution version) {
        return Optional.ofNullable(batch.repository()
                        .getLastStepExecution(version.getJobExecution().getJobInstance(), ROWS))
                .map(StepExecution::getExecutionContext)
                .orElseGet(ExecutionContext::new);
    }

    /** One item is a bundle of rows, so that a transaction has few of them where they are large. */
    private Step rows(ImportReader reader, RowPreparation preparation, ImportWriter writer) {
        ItemProcessor<List<RawRow>, List<PreparedRow>> processor =
                bundle -> bundle.parallelStream().map(preparation::prepare).toList();
        return new StepBuilder(ROWS, batch.repository())
                .<List<RawRow>, List<PreparedRow>>chunk(1)
                .transactionManager(database.transactionManager())
                .reader(GUARD.of(reader))
                .processor(GUARD.of(processor))
                .writer(GUARD.of(writer))
                .listener(new StepExecutionListener() {
                    @Override
                    public void beforeStep(StepExecution execution) {
                        reader.onStop(execution::setTerminateOnly);
                    }
                })
                .build();
    }
}
