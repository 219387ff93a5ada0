package org.mlxspring.autoconfigure.run;

import org.jspecify.annotations.Nullable;

/**
 * How good the answers of one side of the comparison were by one measure.
 *
 * @param name {@code exact_match}, {@code token_f1}, {@code rouge_l}, {@code valid_json} or {@code field_accuracy}
 * @param rows rows it speaks of
 * @param value the measure, 0 to 1
 * @param overBase how much more than the base model's, row by row; null for the base model
 */
public record RunTaskMetric(
        String name, int rows, RunEstimate value, @Nullable RunEstimate overBase) {}
