package org.mlxspring.autoconfigure.batch;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;

/** A stream behind a guard. */
record GuardedStream(StepGuard guard, ItemStream stream) implements ItemStream {

    @Override
    public void open(ExecutionContext context) {
        guard.guarded(() -> {
            stream.open(context);
            return true;
        });
    }

    @Override
    public void update(ExecutionContext context) {
        guard.guarded(() -> {
            stream.update(context);
            return true;
        });
    }

    @Override
    public void close() {
        guard.guarded(() -> {
            stream.close();
            return true;
        });
    }
}
