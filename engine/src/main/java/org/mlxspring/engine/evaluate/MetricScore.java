package org.mlxspring.engine.evaluate;

import java.util.Optional;

/**
 * What a metric says about a contender.
 *
 * @param metric {@code exact_match}, {@code token_f1}, {@code rouge_l}, {@code valid_json}, {@code field_accuracy} or
 *     {@code field_accuracy.NAME}
 * @param rows rows it speaks of
 * @param value 0 to 1
 * @param overBase how much more than the base model's, row by row on the same resampled rows; empty for the base model
 *     and where there is none
 */
public record MetricScore(String metric, int rows, Estimate value, Optional<Estimate> overBase) {}
