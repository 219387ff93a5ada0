package org.mlxspring.engine.train;

/**
 * A validation that brought the lowest loss of a run so far.
 *
 * @param iteration iterations finished before it; 0 for the one before training
 * @param valLoss mean loss of what the objective counts
 */
public record Best(int iteration, double valLoss) {}
