package org.mlxspring.engine.distributed;

import org.jspecify.annotations.Nullable;

/** Processes that should work as one do not: one is absent, gone, or has something else than the others. */
public final class DistributedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DistributedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
