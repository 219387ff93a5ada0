package org.mlxspring.engine.data;

/**
 * A row as token ids.
 *
 * @param tokens all ids of the row
 * @param targets which of them are learned: pairs of the first token of a span and the one after its last, in
 *     ascending order and apart from each other; the first token of a row, which nothing precedes, is never in one
 */
public record TokenizedRow(int[] tokens, int[] targets) {

    /** A row of which everything after its first {@code prompt} tokens is learned. */
    public static TokenizedRow after(int prompt, int[] tokens) {
        int first = Math.max(1, prompt);
        return new TokenizedRow(tokens, first < tokens.length ? new int[] {first, tokens.length} : new int[0]);
    }
}
