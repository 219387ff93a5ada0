package org.mlxspring.engine.train;

import java.util.Arrays;
import java.util.OptionalInt;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Device;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.data.Batch;

/** How the rows of a batch lie in the array that a model reads. The layout changes no loss and no gradient. */
sealed interface Layout {

    /** The faster layout: MLX's attention on a GPU wants rows of one width, a CPU has no time for padding. */
    static Layout of(Device device) {
        return switch (device) {
            case CPU -> new Packed();
            case GPU -> new Padded();
        };
    }

    /** A batch in this layout, in the current scope. */
    BatchArrays arrays(Batch batch);

    /** For each row of a batch, the places that are computed for it. */
    int[] lengths(Batch batch);

    /** Rows below one another, padded to one width; the last token of each is left out. */
    record Padded() implements Layout {

        @Override
        public BatchArrays arrays(Batch batch) {
            int width = batch.width() - 1;
            int[] starts = new int[batch.rows()];
            Arrays.setAll(starts, row -> row * width);
            Array inputs = Array.of(batch.tokens(), batch.rows(), batch.width()).slice(1, 0, width);
            Mask mask = width == 1 ? new Mask.None() : new Mask.Causal();
            return BatchArrays.of(inputs, mask, batch, starts);
        }

        @Override
        public int[] lengths(Batch batch) {
            int[] lengths = new int[batch.rows()];
            Arrays.fill(lengths, batch.width() - 1);
            return lengths;
        }
    }

    /** Rows one behind the other, each as far as something is predicted from it: to the token before its last target. */
    record Packed() implements Layout {

        @Override
        public BatchArrays arrays(Batch batch) {
            int[] lengths = lengths(batch);
            int[] starts = new int[lengths.length];
            int[] inputs = new int[Arrays.stream(lengths).sum()];
            int start = 0;
            for (int row = 0; row < lengths.length; row++) {
                starts[row] = start;
                System.arraycopy(batch.tokens(), row * batch.width(), inputs, start, lengths[row]);
                start += lengths[row];
            }
            Mask mask = new Mask.Packed(lengths, OptionalInt.empty());
            return BatchArrays.of(Array.of(inputs, 1, inputs.length), mask, batch, starts);
        }

        @Override
        public int[] lengths(Batch batch) {
            int[] lengths = new int[batch.rows()];
            Arrays.setAll(lengths, row -> length(batch.targets()[row]));
            return lengths;
        }

        /** One token stays of a row without targets, so that every row has its place. */
        private static int length(int[] spans) {
            return spans.length == 0 ? 1 : spans[spans.length - 1] - 1;
        }
    }
}
