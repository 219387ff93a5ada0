package org.mlxspring.autoconfigure.run;

/**
 * How far the reference of {@code train_mode: dpo} is, which is computed once before the training.
 *
 * @param answers answers whose log-probabilities are known
 * @param total all answers
 */
public record RunReference(int answers, int total) {}
