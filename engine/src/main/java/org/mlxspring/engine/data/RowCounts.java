package org.mlxspring.engine.data;

/**
 * What there is to know of tokenized rows before they are trained on.
 *
 * @param examples rows of text
 * @param tokens tokens of all rows, before any is cut
 * @param cut rows that are longer than the maximum length
 * @param withoutTargets rows of which nothing is learned, as their targets are cut away or they have none
 */
public record RowCounts(long examples, long tokens, long cut, long withoutTargets) {

    /** @param maxSeqLength tokens after which a row is cut */
    public static RowCounts of(TokenizedRows rows, int maxSeqLength) {
        long tokens = 0;
        long cut = 0;
        long without = 0;
        for (int row = 0; row < rows.size(); row++) {
            int length = rows.length(row);
            tokens += length;
            cut += length > maxSeqLength ? 1 : 0;
            without += TargetSpans.cut(rows.targets(row), maxSeqLength).length == 0 ? 1 : 0;
        }
        return new RowCounts(rows.examples(), tokens, cut, without);
    }

    /** Of these and other rows. */
    public RowCounts plus(RowCounts other) {
        return new RowCounts(
                examples + other.examples,
                tokens + other.tokens,
                cut + other.cut,
                withoutTargets + other.withoutTargets);
    }
}
