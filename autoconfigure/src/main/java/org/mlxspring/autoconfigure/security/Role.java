package org.mlxspring.autoconfigure.security;

/** What a user may do under {@code /mlx}; each role may do everything the ones before it may. */
public enum Role implements Permission {
    /** Reads everything but the text of rows and the audit log: datasets, runs, metrics, models, schedules and the page. */
    VIEWER,
    /** Adds rows, and starts, stops and restarts runs. */
    TRAINER,
    /** Everything but reading the text of rows, which needs {@link Right#READ_ROWS}. */
    ADMIN
}
