package org.mlxspring.engine.data;

/**
 * Rows of token ids, padded on the right with zeros to one width.
 *
 * <p>Token {@code s} of row {@code r} is a target, that is, to be predicted from the tokens before it, when
 * {@code max(1, promptTokens[r]) <= s < lengths[r]}. mlx-lm also counts {@code s == lengths[r]}, which is padding.
 *
 * @param rows number of rows
 * @param width tokens of each row, padding included
 * @param tokens {@code rows * width} ids, row after row
 * @param promptTokens for each row, how many of its first tokens are prompt
 * @param lengths for each row, its tokens without padding, after truncation
 * @param sources for each row, its place among the rows of its split, from 0
 */
public record Batch(int rows, int width, int[] tokens, int[] promptTokens, int[] lengths, int[] sources) {

    /** Number of targets of the whole batch; 0 when truncation left nothing to learn. */
    public int targets() {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            count += Math.max(0, lengths[row] - Math.max(1, promptTokens[row]));
        }
        return count;
    }
}
