package org.mlxspring.engine.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** Sums since the last report. */
final class Window {

    private double lossSum;
    private int count;
    private long tokens;
    private long nanos;
    private final Map<String, Double> metricSums = new LinkedHashMap<>();

    void restore(double loss, int iterations, long targets, Map<String, Double> metrics) {
        lossSum = loss;
        count = iterations;
        tokens = targets;
        metricSums.putAll(metrics);
    }

    void add(double loss, int targets, Map<String, Double> metrics, long nanoseconds) {
        lossSum += loss;
        count++;
        tokens += targets;
        nanos += nanoseconds;
        metrics.forEach((name, value) -> metricSums.merge(name, value, Double::sum));
    }

    double lossSum() {
        return lossSum;
    }

    int count() {
        return count;
    }

    long tokens() {
        return tokens;
    }

    Map<String, Double> metricSums() {
        return new LinkedHashMap<>(metricSums);
    }

    /** Means per iteration, by name. */
    Map<String, Double> meanMetrics() {
        Map<String, Double> means = metricSums();
        means.replaceAll((name, sum) -> sum / Math.max(1, count));
        return means;
    }

    double meanLoss() {
        return lossSum / Math.max(1, count);
    }

    double iterationsPerSecond() {
        return count / seconds();
    }

    double tokensPerSecond() {
        return tokens / seconds();
    }

    private double seconds() {
        return Math.max(1, nanos) / 1e9;
    }

    void clear() {
        lossSum = 0;
        count = 0;
        tokens = 0;
        nanos = 0;
        metricSums.clear();
    }
}
