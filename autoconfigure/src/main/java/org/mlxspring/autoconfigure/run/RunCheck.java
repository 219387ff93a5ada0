package org.mlxspring.autoconfigure.run;

/**
 * How far a fused model is from base and adapter on held-out rows.
 *
 * @param result what was compared: {@code fused}
 * @param rows rows compared
 * @param tokens tokens with a target in them
 * @param meanKl mean divergence (Kullback and Leibler) per token, in nats
 * @param equalArgmax share of tokens where both find the same one most probable, 0 to 1
 * @param maxKl largest divergence with which the result is kept
 */
public record RunCheck(String result, int rows, long tokens, double meanKl, double equalArgmax, double maxKl) {}
