package org.mlxspring.engine.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** Keeps a listener's failure (a database that is away) from ending the work it listens to. */
record SafeListener(Consumer<WorkerMessage> listener) implements Consumer<WorkerMessage> {

    private static final Logger LOG = System.getLogger(SafeListener.class.getName());

    @Override
    public void accept(WorkerMessage message) {
        try {
            listener.accept(message);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "A worker''s message ({0}) could not be handled, the worker goes on: {1}",
                    message.getClass().getSimpleName(),
                    e);
        }
    }
}
