package org.mlxspring.engine.train;

import java.util.OptionalDouble;

/**
 * How a run ended.
 *
 * @param iteration the last iteration
 * @param stopped whether it was asked to stop before its end
 * @param testLoss mean loss per token on the test split, where asked for
 */
public record TrainResult(int iteration, boolean stopped, OptionalDouble testLoss) {}
