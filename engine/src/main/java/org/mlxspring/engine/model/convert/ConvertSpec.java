package org.mlxspring.engine.model.convert;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.array.DType;

/**
 * Makes a model folder of another one.
 *
 * @param source a model folder under Hugging Face's or mlx-lm's names
 * @param target the new folder, which must not exist
 * @param dtype type of the weights that are not packed; by default {@code torch_dtype} of {@code config.json}, and where
 *     that is absent the type they have
 * @param change what becomes of the weights besides
 */
public record ConvertSpec(Path source, Path target, Optional<DType> dtype, Change change) {

    /** What becomes of the weights. */
    public sealed interface Change {

        /** Plain weights stay plain, and packed ones packed. */
        record None() implements Change {}

        /** Plain weights are packed. */
        record Quantize(Packing packing) implements Change {}

        /** Packed weights are unpacked. */
        record Dequantize() implements Change {}
    }
}
