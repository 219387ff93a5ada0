package org.mlxspring.engine.train;

import java.util.Arrays;
import org.mlxspring.engine.data.Batch;

/**
 * How much of everything a batch has.
 *
 * @param tokens places that are computed, padding included where there is any
 * @param pairs pairs of places that attend to one another before any mask, over all rows
 * @param targets places whose token scores are computed
 */
record BatchShape(long tokens, long pairs, long targets) {

    static BatchShape of(Batch batch, Layout layout) {
        int[] lengths = layout.lengths(batch);
        return new BatchShape(
                Arrays.stream(lengths).asLongStream().sum(),
                Arrays.stream(lengths)
                        .asLongStream()
                        .map(length -> length * length)
                        .sum(),
                Math.max(1, batch.targetCount()));
    }
}
