package org.mlxspring.autoconfigure.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.batch.FailurePlace;
import org.mlxspring.autoconfigure.batch.StepGuard;
import org.mlxspring.autoconfigure.batch.UnexpectedFailureException;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.TokenStore;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The Batch job that fills one token store, in chunks of some thousand rows; an instance of it belongs to its store. */
final class PrepareJob {

    /** Pages of a chunk, which becomes a segment: 8,192 rows unless they are long. */
    private static final int PAGES = 16;

    /** All that its parts throw on purpose, and what the disk says, which names files. */
    private static final StepGuard GUARD = new StepGuard(
            Set.of(PreparationStoppedException.class, PreparationFailedException.class, UncheckedIOException.class));

    private final MlxDatabase database;
    private final BatchEngine batch;
    private final DatasetRows rows;

    PrepareJob(MlxDatabase database, BatchEngine batch, DatasetRows rows) {
        this.database = database;
        this.batch = batch;
        this.rows = rows;
    }

    /**
     * Fills a store from where it is, on all cores; the caller holds its lock.
     *
     * @param store key of its entry
     * @param stopWanted asked before each page
     * @throws PreparationStoppedException if it was asked to stop
     * @throws PreparationFailedException if a row cannot be used, or something broke
     */
    void fill(
            long store,
            DatasetVersion version,
            StoreFolder folder,
            RowTokenizer tokenizer,
            TokenStore.Origin origin,
            BooleanSupplier stopWanted) {
        ThreadPoolTaskExecutor cores = new ThreadPoolTaskExecutor();
        cores.setCorePoolSize(Runtime.getRuntime().availableProcessors());
        cores.setThreadNamePrefix("mlx-tokenize-");
        cores.afterPropertiesSet();
        try {
            Step step = new StepBuilder("tokenize", batch.repository())
                    .<RowPage, TokenPage>chunk(PAGES)
                    .reader(GUARD.of(new RowPages(rows, version.id(), folder, stopWanted)))
                    .processor(GUARD.of(new PageTokenizer(version, tokenizer)))
                    .writer(GUARD.of(new SegmentWriter(rows, version.id(), folder, origin)))
                    .transactionManager(database.transactionManager())
                    .taskExecutor(cores)
                    .build();
            require(execute(
                    new JobBuilder("tokens", batch.repository()).start(step).build(), store));
        } finally {
            cores.shutdown();
        }
    }

    /** On a thread of its own: who waits here may be a step of another job, which has a transaction on its thread. */
    private JobExecution execute(Job job, long store) {
        CompletableFuture<JobExecution> ended = new CompletableFuture<>();
        Thread.ofPlatform().name("mlx-prepare-" + store).start(() -> {
            try {
                ended.complete(batch.execute(
                        job, new JobParametersBuilder().addLong("store", store).toJobParameters()));
            } catch (JobExecutionException | RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
        try {
            return ended.join();
        } catch (CompletionException e) {
            throw new PreparationFailedException("The Batch job could not be executed: "
                    + Optional.ofNullable(e.getCause())
                            .map(Throwable::getMessage)
                            .orElse("no reason was given"));
        }
    }

    private static void require(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return;
        }
        for (Throwable failure : execution.getAllFailureExceptions()) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                switch (cause) {
                    case PreparationStoppedException stopped -> throw stopped;
                    case PreparationFailedException failed -> throw failed;
                    default -> {}
                }
            }
        }
        String reason = execution.getAllFailureExceptions().stream()
                .findFirst()
                .map(PrepareJob::innermost)
                .orElse("it ended as " + execution.getStatus());
        throw new PreparationFailedException("The rows could not be tokenized: " + reason);
    }

    /** Kind and place of what nobody expected, and the words of the rest. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof UnexpectedFailureException || cause instanceof IOException
                ? cause.getMessage()
                : FailurePlace.of(cause);
    }
}
