package org.mlxspring.autoconfigure.run;

/**
 * A mean over rows, with its 95 % interval.
 *
 * @param mean the mean
 * @param low 2.5 % of the means of resampled rows lie below
 * @param high 2.5 % of the means of resampled rows lie above
 */
public record RunEstimate(double mean, double low, double high) {}
