package org.mlxspring.engine.adapter.gguf;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;

/** How the values of a tensor differ between a model folder and what llama.cpp computes with. */
sealed interface Arrangement {

    /** From the model folder's values to llama.cpp's. */
    Array apply(Array values);

    /** From llama.cpp's values, float32, to the model folder's. */
    Array undo(Array values);

    /** The same values. */
    record Same() implements Arrangement {

        @Override
        public Array apply(Array values) {
            return values;
        }

        @Override
        public Array undo(Array values) {
            return values;
        }
    }

    /**
     * Features that are rotated together lie half a head apart in the folder and side by side in llama.cpp.
     *
     * @param heads number of heads in the rows of the tensor
     */
    record Rotated(int heads) implements Arrangement {

        @Override
        public Array apply(Array values) {
            int[] shape = values.shape();
            return values.reshape(heads, 2, shape[0] / heads / 2, -1)
                    .transpose(0, 2, 1, 3)
                    .reshape(shape);
        }

        @Override
        public Array undo(Array values) {
            int[] shape = values.shape();
            return values.reshape(heads, shape[0] / heads / 2, 2, -1)
                    .transpose(0, 2, 1, 3)
                    .reshape(shape);
        }
    }

    /** {@code (x + added) * factor}, in float32. */
    record Shifted(float added, float factor) implements Arrangement {

        @Override
        public Array apply(Array values) {
            return values.astype(DType.FLOAT32).add(added).multiply(factor);
        }

        @Override
        public Array undo(Array values) {
            return values.divide(factor).subtract(Array.of(added));
        }
    }
}
