package org.mlxspring.engine.train;

/** Sums since the last report. */
final class Window {

    private double lossSum;
    private int count;
    private long tokens;
    private long nanos;

    void restore(double loss, int iterations, long targets) {
        lossSum = loss;
        count = iterations;
        tokens = targets;
    }

    void add(double loss, int targets, long nanoseconds) {
        lossSum += loss;
        count++;
        tokens += targets;
        nanos += nanoseconds;
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
    }
}
