package org.mlxspring.autoconfigure.security;

/** What a user may do under {@code /mlx}; each role may do everything the ones before it may. */
public enum Role {
    /** Reads everything: datasets, runs, metrics, models, schedules and the page. */
    VIEWER,
    /** Uploads datasets, and starts, stops and restarts runs. */
    TRAINER,
    /** Everything. */
    ADMIN
}
