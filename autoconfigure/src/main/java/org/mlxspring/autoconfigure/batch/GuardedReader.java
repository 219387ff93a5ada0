package org.mlxspring.autoconfigure.batch;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** A reader behind a guard. */
final class GuardedReader<T> implements ItemStreamReader<T> {

    private final StepGuard guard;
    private final ItemReader<T> reader;
    private final GuardedStream stream;

    GuardedReader(StepGuard guard, ItemReader<T> reader) {
        this.guard = guard;
        this.reader = reader;
        stream = new GuardedStream(guard, reader instanceof ItemStream own ? own : new ItemStream() {});
    }

    @Override
    public @Nullable T read() {
        return guard.guarded(reader::read);
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
