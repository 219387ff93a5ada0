package org.mlxspring.autoconfigure.run;

/**
 * A run as an erasure sees it.
 *
 * @param id the run
 * @param state where it is
 * @param trained whether its adapter is complete
 */
public record RunOnVersion(String id, RunState state, boolean trained) {}
