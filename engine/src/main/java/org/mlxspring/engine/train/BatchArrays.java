package org.mlxspring.engine.train;

import java.util.Arrays;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.data.Batch;

/**
 * A batch as arrays, in the current scope.
 *
 * @param inputs int32 [rows, width - 1], every token but the last of each row
 * @param places int32 [tokens], where in the flattened inputs a target that counts is predicted; one place if there is
 *     none
 * @param targets int32 [tokens], what is to be predicted there
 * @param tokens number of targets that count: neither masked nor padding
 */
public record BatchArrays(Array inputs, Array places, Array targets, int tokens) {

    public static BatchArrays of(Batch batch) {
        int width = batch.width();
        int[] places = new int[batch.rows() * (width - 1)];
        int[] targets = new int[places.length];
        int tokens = 0;
        for (int row = 0; row < batch.rows(); row++) {
            int[] spans = batch.targets()[row];
            for (int span = 0; span < spans.length; span += 2) {
                for (int token = spans[span]; token < spans[span + 1]; token++) {
                    places[tokens] = row * (width - 1) + token - 1;
                    targets[tokens++] = batch.tokens()[row * width + token];
                }
            }
        }
        int count = Math.max(1, tokens);
        return new BatchArrays(
                Array.of(batch.tokens(), batch.rows(), width).slice(1, 0, width - 1),
                Array.of(Arrays.copyOf(places, count), count),
                Array.of(Arrays.copyOf(targets, count), count),
                tokens);
    }
}
