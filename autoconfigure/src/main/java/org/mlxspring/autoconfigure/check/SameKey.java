package org.mlxspring.autoconfigure.check;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** Finds rows with the same key by sorting, in 8 bytes per row. */
final class SameKey {

    /** The key of rows that are left out. */
    static final long NONE = 0;

    private static final int NUMBER_BITS = 27;
    private static final int NUMBERS = 1 << NUMBER_BITS;
    private static final long NUMBER = NUMBERS - 1L;

    private SameKey() {}

    /** Takes two or more rows whose keys are the same in their upper 37 bits, and so usually altogether. */
    interface Group {

        /** @param rows their numbers, ascending */
        void take(int[] rows);
    }

    /**
     * Tells every group of rows.
     *
     * @param rows number of rows, at most 134,217,728
     * @param key the key of a row by its number
     */
    static void groups(int rows, IntToLongFunction key, Group group) {
        if (rows > NUMBERS) {
            throw new IllegalStateException(
                    rows + " rows cannot be compared with each other; at most " + NUMBERS + " rows of one version can");
        }
        long[] sorted = new long[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            long value = key.applyAsLong(row);
            if (value != NONE) {
                sorted[count++] = value & ~NUMBER | row;
            }
        }
        Arrays.sort(sorted, 0, count);
        for (int from = 0, to; from < count; from = to) {
            to = from + 1;
            while (to < count && (sorted[to] & ~NUMBER) == (sorted[from] & ~NUMBER)) {
                to++;
            }
            if (to - from > 1) {
                int[] same = new int[to - from];
                for (int i = from; i < to; i++) {
                    same[i - from] = (int) (sorted[i] & NUMBER);
                }
                group.take(same);
            }
        }
    }
}
