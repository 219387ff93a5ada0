package org.mlxspring.autoconfigure.database;

import org.jspecify.annotations.Nullable;

/** There is no DataSource that our tables can go to; the failure analyzer prints what happened and what to do. */
final class UnusableDataSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    UnusableDataSourceException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
