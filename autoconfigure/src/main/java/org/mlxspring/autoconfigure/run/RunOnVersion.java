package org.mlxspring.autoconfigure.run;

import java.time.Instant;

/**
 * A run as an erasure sees it.
 *
 * @param id the run
 * @param state where it is
 * @param createdAt when it was asked for
 * @param trained whether its adapter is complete
 */
public record RunOnVersion(String id, RunState state, Instant createdAt, boolean trained) {}
