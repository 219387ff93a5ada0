package org.mlxspring.engine.model;

import java.util.Arrays;
import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.array.Quantization.Mode;
import org.mlxspring.engine.nn.QuantizedWeight;

/**
 * Takes packed weights. How one is packed stands in {@code quantization} of {@code config.json} under its path, and
 * otherwise follows from its tensors, as in mlx-lm.
 */
record PackedWeights(Weights weights, Optional<ModelConfig> config) {

    /**
     * @param shape [..., out, in] of the plain weight
     * @throws ModelException if the tensors do not fit the shape or the configuration
     */
    QuantizedWeight take(String path, int... shape) {
        if (weights.has(path + ".global_scale")) {
            throw new ModelException(path + " has a global_scale besides its scales, which experts cannot be multiplied"
                    + " with here. Convert the original model again, without a global scale.");
        }
        Array values = weights.peek(path + ".weight");
        Array scales = weights.peek(path + ".scales");
        Quantization format = config.flatMap(all -> named(all, path))
                .orElseGet(() -> infer(path, values, scales, shape[shape.length - 1]));
        int columns = shape[shape.length - 1];
        int[] groups = with(shape, columns / format.groupSize());
        return new QuantizedWeight(
                format,
                weights.take(path + ".weight", with(shape, columns * format.bits() / 32)),
                weights.take(path + ".scales", groups),
                format.mode() == Mode.AFFINE ? Optional.of(weights.take(path + ".biases", groups)) : Optional.empty());
    }

    /** A layer may also be named with true, which stands for the settings of all. */
    private static Optional<Quantization> named(ModelConfig all, String path) {
        if (all.json().path(path).isBoolean()) {
            return all.boolOr(path, false) ? Optional.of(read(all)) : Optional.empty();
        }
        return all.object(path).map(PackedWeights::read);
    }

    /** Reads {@code mode}, {@code group_size} and {@code bits}. */
    static Quantization read(ModelConfig config) {
        try {
            Mode mode = Mode.of(config.text("mode").orElse("affine"));
            Quantization standard = mode.standard();
            return new Quantization(
                    mode, config.intOr("group_size", standard.groupSize()), config.intOr("bits", standard.bits()));
        } catch (IllegalArgumentException e) {
            throw new ModelException(config.source() + ": " + e.getMessage(), e);
        }
    }

    private Quantization infer(String path, Array values, Array scales, int columns) {
        int groupSize = columns / scales.dim(-1);
        int bits = values.dim(-1) * 32 / columns;
        if (scales.dtype() != DType.UINT8) {
            return new Quantization(Mode.AFFINE, groupSize, bits);
        }
        for (Mode mode : Mode.values()) {
            Quantization standard = mode.standard();
            if (mode != Mode.AFFINE && standard.groupSize() == groupSize && standard.bits() == bits) {
                return standard;
            }
        }
        throw new ModelException(path + " is packed with " + bits + " bits in groups of " + groupSize
                + " and scales that are no floats, which is neither mxfp4, mxfp8 nor nvfp4. Add its quantization to"
                + " config.json, or convert the original model again.");
    }

    private static int[] with(int[] shape, int columns) {
        int[] changed = Arrays.copyOf(shape, shape.length);
        changed[shape.length - 1] = columns;
        return changed;
    }
}
