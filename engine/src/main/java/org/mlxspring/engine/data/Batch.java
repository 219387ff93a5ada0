package org.mlxspring.engine.data;

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

    /** Number of targets of the whole batch; 0 when truncation left nothing to learn. */
    public int targetCount() {
        int count = 0;
        for (int[] spans : targets) {
            count += TargetSpans.count(spans);
        }
        return count;
    }
}
