package org.mlxspring.engine.evaluate;

/**
 * A mean over rows, with the interval that a bootstrap gives it.
 *
 * @param mean over the rows
 * @param low 2.5 % of the resampled means lie below
 * @param high 2.5 % of the resampled means lie above
 */
public record Estimate(double mean, double low, double high) {}
