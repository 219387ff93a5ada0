package org.mlxspring.engine.worker;

import org.jspecify.annotations.Nullable;

/** A worker could not be started; the message says why and what to do. */
public final class WorkerStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WorkerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
