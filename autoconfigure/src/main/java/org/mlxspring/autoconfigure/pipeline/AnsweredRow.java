package org.mlxspring.autoconfigure.pipeline;

import java.util.Map;

/**
 * A held-out row and what each contender of an evaluation answered to it.
 *
 * @param id id of the row
 * @param row the row, as it is stored
 * @param expected the row's own answer
 * @param answers the answers by {@code base}, {@code champion} and {@code candidate}
 * @param scores the measures of each answer, such as {@code exact_match}, from 0 to 1
 */
public record AnsweredRow(
        long id,
        Map<String, Object> row,
        String expected,
        Map<String, String> answers,
        Map<String, Map<String, Double>> scores) {}
