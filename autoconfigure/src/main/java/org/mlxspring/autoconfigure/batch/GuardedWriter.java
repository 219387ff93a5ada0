package org.mlxspring.autoconfigure.batch;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** A writer behind a guard. */
final class GuardedWriter<T> implements ItemStreamWriter<T> {

    private final StepGuard guard;
    private final ItemWriter<T> writer;
    private final GuardedStream stream;

    GuardedWriter(StepGuard guard, ItemWriter<T> writer) {
        this.guard = guard;
        this.writer = writer;
        stream = new GuardedStream(guard, writer instanceof ItemStream own ? own : new ItemStream() {});
    }

    @Override
    public void write(Chunk<? extends T> chunk) {
        guard.guarded(() -> {
            writer.write(chunk);
            return true;
        });
    }

    @Override
    public void open(ExecutionContext context) {
        stream.open(context);
    }

    @Override
    public void update(ExecutionContext context) {
        stream.update(context);
    }

    @Override
    public void close() {
        stream.close();
    }
}
