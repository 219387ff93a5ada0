package org.mlxspring.autoconfigure.run;

/**
 * The validation with the lowest loss, where a run stops early: its weights are the adapter.
 *
 * @param iteration iterations finished before it
 * @param loss its loss
 */
public record RunBest(int iteration, double loss) {}
