package org.mlxspring.autoconfigure.run;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One report of a run.
 *
 * @param id its number; later reports have larger ones
 * @param iteration iterations finished
 * @param kind {@code train}, {@code valid} or {@code test}
 * @param loss mean loss; null where it is not a number
 * @param learningRate learning rate of the last update; train only
 * @param tokensPerSecond tokens with a target per second; train only
 * @param iterationsPerSecond iterations per second; train only
 * @param trainedTokens tokens with a target since the start; train only
 * @param peakMemory peak of MLX's memory in GB (10^9 bytes); train only
 * @param gradNorm global norm of the last gradient; train only
 * @param measures what is reported besides the loss, by name, such as {@code reward_margin} of preference tuning
 * @param best whether it is the lowest loss of a validation so far; valid only
 * @param time when it was reported
 */
public record MetricView(
        long id,
        int iteration,
        String kind,
        @Nullable Double loss,
        @Nullable Double learningRate,
        @Nullable Double tokensPerSecond,
        @Nullable Double iterationsPerSecond,
        @Nullable Long trainedTokens,
        @Nullable Double peakMemory,
        @Nullable Double gradNorm,
        Map<String, Double> measures,
        boolean best,
        Instant time) {}
