package org.mlxspring.autoconfigure.pipeline;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a candidate is judged.
 *
 * @param generate How many rows of the test split are answered and compared with their completion, at most. 0 compares
 *     the loss alone.
 * @param maxTokens Longest answer, in tokens.
 */
public record EvaluationProperties(
        @DefaultValue("200") int generate,
        @DefaultValue("256") int maxTokens) {

    public EvaluationProperties {
        if (generate < 0) {
            throw new IllegalArgumentException(
                    "mlx.evaluation.generate is " + generate + "; it must be 0 or more rows.");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException(
                    "mlx.evaluation.max-tokens is " + maxTokens + "; it must be at least 1.");
        }
    }
}
