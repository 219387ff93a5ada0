package org.mlxspring.autoconfigure.check;

import org.jspecify.annotations.Nullable;

/**
 * What the checks of a version went by.
 *
 * @param model base model whose tokenizer counted; null when there was none
 * @param maxSeqLength tokens of a row that training keeps
 * @param nearDuplicateSimilarity similarity from which on two rows are nearly the same
 */
public record CheckSettings(@Nullable String model, int maxSeqLength, double nearDuplicateSimilarity) {}
