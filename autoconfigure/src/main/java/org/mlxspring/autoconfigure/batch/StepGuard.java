package org.mlxspring.autoconfigure.batch;

import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Lets nothing of a row leave a step that fails. Spring Batch writes exceptions, with their causes, to the log and to its
 * tables, and the words of one that nobody expected can hold what was being worked on.
 */
public final class StepGuard {

    private final Set<Class<? extends RuntimeException>> known;

    /** @param known exceptions of ours, whose words hold no text of a row; they pass as they are */
    public StepGuard(Set<Class<? extends RuntimeException>> known) {
        this.known = Set.copyOf(known);
    }

    /** The same reader; where it is a stream, so is this. */
    public <T> ItemReader<T> of(ItemReader<T> reader) {
        return new GuardedReader<>(this, reader);
    }

    /** The same processor. */
    public <I, O> ItemProcessor<I, O> of(ItemProcessor<I, O> processor) {
        return item -> guarded(() -> processor.process(item));
    }

    /** The same writer; where it is a stream, so is this. */
    public <T> ItemWriter<T> of(ItemWriter<T> writer) {
        return new GuardedWriter<>(this, writer);
    }

    /** The same tasklet; it may say that it was interrupted. */
    public Tasklet of(Tasklet tasklet) {
        return (contribution, context) -> {
            try {
                return tasklet.execute(contribution, context);
            } catch (JobInterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw passed(e);
            }
        };
    }

    /** @throws UnexpectedFailureException in the place of any exception that is not among the known ones */
    <T extends @Nullable Object> T guarded(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw passed(e);
        }
    }

    private RuntimeException passed(Exception e) {
        return e instanceof RuntimeException own && known.contains(own.getClass())
                ? own
                : new UnexpectedFailureException(e);
    }
}
