package org.mlxspring.engine.array;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mlxspring.engine.ffi.ProductCalls;
import org.mlxspring.engine.ffi.QuantizedCalls;

/**
 * How a weight is packed: each group of neighbouring values of a row shares a scale, and, in the affine mode, a bias
 * ({@code mlx.core.quantize}).
 *
 * @param mode meaning of the packed bits
 * @param groupSize values that share a scale
 * @param bits per value
 */
public record Quantization(Mode mode, int groupSize, int bits) {

    /** The meaning of the packed bits, with the sizes that are used where none are given. */
    public enum Mode {
        /** {@code bits * scale + bias}. */
        AFFINE(64, 4),
        /** Four-bit floats (E2M1) with shared powers of two (OCP Microscaling). */
        MXFP4(32, 4),
        /** Eight-bit floats (E4M3) with shared powers of two (OCP Microscaling). */
        MXFP8(32, 8),
        /** Four-bit floats (E2M1) with shared eight-bit floats (E4M3). */
        NVFP4(16, 4);

        private final int groupSize;
        private final int bits;
        private final long address;

        Mode(int groupSize, int bits) {
            this.groupSize = groupSize;
            this.bits = bits;
            this.address = Arena.global().allocateFrom(settingName()).address();
        }

        /** The name in {@code config.json} and on the command line. */
        public String settingName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The format with the sizes that MLX uses where none are given. */
        public Quantization standard() {
            return new Quantization(this, groupSize, bits);
        }

        /**
         * Reads the name in {@code config.json}.
         *
         * @throws IllegalArgumentException if there is no such mode
         */
        public static Mode of(String name) {
            return Stream.of(values())
                    .filter(mode -> mode.settingName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the quantization mode is '" + name
                            + "'; it must be one of "
                            + Stream.of(values()).map(Mode::settingName).collect(Collectors.joining(", ")) + "."));
        }
    }

    /**
     * A packed weight.
     *
     * @param values uint32 [..., rows, columns * bits / 32]
     * @param scales [..., rows, columns / groupSize]; of the weight's type in the affine mode, otherwise uint8
     * @param biases as the scales; the affine mode alone has them
     */
    public record Packed(Array values, Array scales, Optional<Array> biases) {

        /** The same with each part changed, to another shape for example. */
        public Packed map(UnaryOperator<Array> change) {
            return new Packed(change.apply(values), change.apply(scales), biases.map(change));
        }
    }

    /**
     * Packs a weight [..., rows, columns]; the columns are a multiple of the group size.
     *
     * @throws org.mlxspring.engine.ffi.MlxException if MLX has no such format, or the columns do not fit
     */
    public Packed pack(Array weight) {
        try (Vector parts =
                new Vector(QuantizedCalls.quantize(weight.handle(), groupSize, bits, mode.address, Mlx.stream()))) {
            List<Array> arrays = Vector.arrays(parts.handle());
            return new Packed(
                    arrays.get(0), arrays.get(1), arrays.size() > 2 ? Optional.of(arrays.get(2)) : Optional.empty());
        }
    }

    /** The weight that a packed one stands for, of the type of its scales, or bfloat16 where those are no floats. */
    public Array unpack(Packed packed) {
        return Array.adopt(QuantizedCalls.dequantize(
                packed.values.handle(),
                packed.scales.handle(),
                biases(packed),
                groupSize,
                bits,
                mode.address,
                Mlx.stream()));
    }

    /** {@code x W^T}: [..., columns] to [..., rows]. */
    public Array matmul(Array x, Packed packed) {
        return matmul(x, packed, true);
    }

    /** {@code x W}: [..., rows] to [..., columns]. */
    public Array matmulAcross(Array x, Packed packed) {
        return matmul(x, packed, false);
    }

    private Array matmul(Array x, Packed packed, boolean transpose) {
        if (Kernels.multiply(x, packed)) {
            return Array.adopt(ProductCalls.quantizedMatmul(
                    x.handle(),
                    packed.values.handle(),
                    packed.scales.handle(),
                    biases(packed),
                    transpose,
                    groupSize,
                    bits,
                    Mlx.stream()));
        }
        return Array.adopt(QuantizedCalls.matmul(
                x.handle(),
                packed.values.handle(),
                packed.scales.handle(),
                biases(packed),
                transpose,
                groupSize,
                bits,
                mode.address,
                Mlx.stream()));
    }

    /** As {@link Array#gatherMatmul}, with the transposes of packed matrices [count, rows, columns]. */
    public Array gatherMatmul(Array x, Packed packed, Array indices, boolean sorted) {
        return Array.adopt(QuantizedCalls.gatherMatmul(
                x.handle(),
                packed.values.handle(),
                packed.scales.handle(),
                biases(packed),
                indices.handle(),
                groupSize,
                bits,
                mode.address,
                sorted,
                Mlx.stream()));
    }

    private static long biases(Packed packed) {
        return packed.biases.map(Array::handle).orElse(0L);
    }
}
