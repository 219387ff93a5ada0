package org.mlxspring.autoconfigure.pipeline;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.mlxspring.autoconfigure.batch.StepGuard;
import org.mlxspring.autoconfigure.encryption.KeyException;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.run.RunJob;
import org.mlxspring.autoconfigure.run.RunJournal;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/**
 * The Batch jobs: {@code prepare}, {@code train}, {@code evaluate}, {@code fuse}, and {@code pipeline} through all
 * four. They are built for each execution and are no beans: a second {@code Job} bean would stop a host's start.
 */
final class JobCatalog {

    /** All that phases throw on purpose, and what the disk says, which names files. */
    private static final StepGuard GUARD = new StepGuard(
            Set.of(RunFailedException.class, ProblemException.class, KeyException.class, UncheckedIOException.class));

    private final JobRepository repository;
    private final RunJournal journal;
    private final Phase prepare;
    private final Phase train;
    private final Phase evaluate;
    private final Phase fuse;

    JobCatalog(JobRepository repository, RunJournal journal, Phase prepare, Phase train, Phase evaluate, Phase fuse) {
        this.repository = repository;
        this.journal = journal;
        this.prepare = prepare;
        this.train = train;
        this.evaluate = evaluate;
        this.fuse = fuse;
    }

    /** The job of a run; its steps go to work under this control. */
    Job job(String run, RunJob job, RunControl control) {
        List<Step> steps = phases(job).stream()
                .map(phase -> step(run, phase.name(), phase.work(), control))
                .toList();
        SimpleJobBuilder builder = new JobBuilder(job.label(), repository).start(steps.getFirst());
        steps.stream().skip(1).forEach(builder::next);
        return builder.build();
    }

    private List<Named> phases(RunJob job) {
        return switch (job) {
            case PREPARE -> List.of(new Named("prepare", prepare));
            case TRAIN -> List.of(new Named("train", train));
            case EVALUATE -> List.of(new Named("evaluate", evaluate));
            case FUSE -> List.of(new Named("fuse", fuse));
            case PIPELINE ->
                List.of(
                        new Named("prepare", prepare),
                        new Named("train", train),
                        new Named("evaluate", evaluate),
                        new Named("fuse", fuse));
        };
    }

    /** Steps run without a database transaction: training takes hours, and a connection must not be held for them. */
    private Step step(String run, String name, Phase phase, RunControl control) {
        return new StepBuilder(name, repository)
                .tasklet(
                        GUARD.of((Tasklet) (contribution, context) -> {
                            phase.work(journal.plan(run), control);
                            return RepeatStatus.FINISHED;
                        }),
                        new ResourcelessTransactionManager())
                .build();
    }

    private record Named(String name, Phase work) {}
}
