package org.mlxspring.engine.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows of token ids, padded on the right with zeros to one width.
 *
 * <p>A target is a token to be predicted from those before it. mlx-lm also counts the padding right after a row as one.
 *
 * @param rows number of rows
 * @param width tokens of each row, padding included
 * @param tokens {@code rows * width} ids, row after row
 * @param targets for each row its targets as in {@link TokenizedRow#targets()}, after truncation
 * @param lengths for each row, its tokens without padding, after truncation
 * @param sources for each row, the place of its example in its split, from 0; the two rows of a preference share one
 */
public record Batch(int rows, int width, int[] tokens, int[][] targets, int[] lengths, int[] sources) {

    /**
     * The rows that one of several processes takes of this batch: every {@code size}-th example, beginning with that of
     * number {@code rank}; empty where there are fewer examples than processes.
     */
    public int[] rowsOf(int rank, int size) {
        int perExample = rows > 1 && sources[0] == sources[1] ? 2 : 1;
        return IntStream.range(0, rows)
                .filter(row -> row / perExample % size == rank)
                .toArray();
    }

    /**
     * {@link #rowsOf} as a batch of its own. A process that has none takes the first example, with nothing in it to learn,
     * since it has to compute what the others compute.
     */
    public Batch share(int rank, int size) {
        if (size == 1) {
            return this;
        }
        int[] taken = rowsOf(rank, size);
        return taken.length > 0
                ? of(taken, Arrays.stream(taken).mapToObj(row -> targets[row]).toArray(int[][]::new))
                : of(rowsOf(0, size), new int[rowsOf(0, size).length][0]);
    }

    private Batch of(int[] taken, int[][] targetsOfTaken) {
        int longest = Arrays.stream(taken).map(row -> lengths[row]).max().orElseThrow();
        int narrow = Math.min(width, BatchIterator.width(longest));
        int[] copied = new int[taken.length * narrow];
        for (int i = 0; i < taken.length; i++) {
            System.arraycopy(tokens, taken[i] * width, copied, i * narrow, narrow);
        }
        return new Batch(
                taken.length,
                narrow,
                copied,
                targetsOfTaken,
                Arrays.stream(taken).map(row -> lengths[row]).toArray(),
                Arrays.stream(taken).map(row -> sources[row]).toArray());
    }

    /** Number of targets of the whole batch; 0 when truncation left nothing to learn. */
    public int targetCount() {
        int count = 0;
        for (int[] spans : targets) {
            count += TargetSpans.count(spans);
        }
        return count;
    }
}
