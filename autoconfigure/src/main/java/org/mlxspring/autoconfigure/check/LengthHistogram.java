package org.mlxspring.autoconfigure.check;

import java.util.List;

/**
 * How long the rows of a version are.
 *
 * @param unit what was counted
 * @param shortest length of the shortest row
 * @param longest length of the longest row
 * @param mean their mean length
 * @param median length that half of the rows do not exceed
 * @param p95 length that 95 % of the rows do not exceed
 * @param p99 length that 99 % of the rows do not exceed
 * @param buckets rows by length, from 0 up to the longest
 */
public record LengthHistogram(
        LengthUnit unit, int shortest, int longest, double mean, int median, int p95, int p99, List<Bucket> buckets) {

    /**
     * Rows of similar length.
     *
     * @param from shortest length that counts here
     * @param to length from which on it does not
     * @param rows number of rows
     */
    public record Bucket(long from, long to, int rows) {}
}
