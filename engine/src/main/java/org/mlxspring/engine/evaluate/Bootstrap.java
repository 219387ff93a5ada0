package org.mlxspring.engine.evaluate;

import java.util.Arrays;
import org.mlxspring.engine.data.NumpyRandom;

/**
 * Percentile bootstrap of a mean (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, ch. 13): rows are drawn
 * with replacement, as many as there are, again and again. The draws depend on the number of rows and the seed alone, so
 * that two contenders are compared on the same draws.
 *
 * @param resamples how often
 * @param seed of the draws, as of {@code numpy.random.seed}
 */
record Bootstrap(int resamples, long seed) {

    private static final double TAIL = 0.025;

    Bootstrap {
        if (resamples < 1) {
            throw new IllegalArgumentException("bootstrap samples is " + resamples + "; it must be at least 1.");
        }
    }

    /**
     * The mean of some values and its interval of 95 %.
     *
     * @param values at least one
     */
    Estimate mean(double[] values) {
        NumpyRandom random = new NumpyRandom(seed);
        double[] means = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double sum = 0;
            for (int drawn = 0; drawn < values.length; drawn++) {
                sum += values[random.below(values.length)];
            }
            means[i] = sum / values.length;
        }
        Arrays.sort(means);
        return new Estimate(
                Arrays.stream(values).average().orElseThrow(), quantile(means, TAIL), quantile(means, 1 - TAIL));
    }

    /** Between two neighbours in proportion, as {@code numpy.quantile} does it. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
