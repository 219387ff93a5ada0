package org.mlxspring.autoconfigure.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the length of each row, 4 bytes per row. */
final class Lengths {

    private int[] lengths = new int[1024];
    private int size;

    void add(int length) {
        if (size == lengths.length) {
            lengths = Arrays.copyOf(lengths, size + (size >> 1));
        }
        lengths[size++] = length;
    }

    /**
     * How long the rows are.
     *
     * @param unit what was counted
     */
    LengthHistogram histogram(LengthUnit unit) {
        int[] sorted = Arrays.copyOf(lengths, size);
        Arrays.sort(sorted);
        if (size == 0) {
            return new LengthHistogram(unit, 0, 0, 0, 0, 0, 0, List.of());
        }
        return new LengthHistogram(
                unit,
                sorted[0],
                sorted[size - 1],
                Arrays.stream(sorted).average().orElse(0),
                quantile(sorted, 0.5),
                quantile(sorted, 0.95),
                quantile(sorted, 0.99),
                buckets(sorted));
    }

    private static int quantile(int[] sorted, double share) {
        return sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }

    /** From 0 to 16, and from there on two for each doubling: to 24, 32, 48, 64. */
    private static List<LengthHistogram.Bucket> buckets(int[] sorted) {
        List<LengthHistogram.Bucket> buckets = new ArrayList<>();
        long from = 0;
        long to = 16;
        int at = 0;
        while (at < sorted.length) {
            int rows = 0;
            while (at < sorted.length && sorted[at] < to) {
                rows++;
                at++;
            }
            buckets.add(new LengthHistogram.Bucket(from, to, rows));
            from = to;
            to = Long.bitCount(to) == 1 ? to + to / 2 : to / 3 * 4;
        }
        return buckets;
    }
}
