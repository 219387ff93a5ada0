package org.mlxspring.engine.train;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.data.Batch;

/**
 * A batch as arrays, in the current scope.
 *
 * @param inputs int32 [rows, width - 1], every token but the last of each row
 * @param targets int32 [rows, width - 1], every token but the first
 * @param mask float32 [rows, width - 1], one where a target counts and zero at prompts (if masked) and padding
 * @param tokens number of targets that count
 */
public record BatchArrays(Array inputs, Array targets, Array mask, int tokens) {

    public static BatchArrays of(Batch batch) {
        int width = batch.width();
        Array all = Array.of(batch.tokens(), batch.rows(), width);
        float[] mask = new float[batch.rows() * (width - 1)];
        for (int row = 0; row < batch.rows(); row++) {
            int end = Math.min(batch.lengths()[row], width);
            for (int token = Math.max(1, batch.promptTokens()[row]); token < end; token++) {
                mask[row * (width - 1) + token - 1] = 1;
            }
        }
        return new BatchArrays(
                all.slice(1, 0, width - 1),
                all.slice(1, 1, width),
                Array.of(mask, batch.rows(), width - 1),
                batch.targets());
    }
}
