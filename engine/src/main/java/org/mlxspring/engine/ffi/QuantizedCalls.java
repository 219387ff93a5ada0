package org.mlxspring.engine.ffi;

import static org.mlxspring.engine.ffi.Calls.optional;
import static org.mlxspring.engine.ffi.Slots.RESULT;
import static org.mlxspring.engine.ffi.Slots.failure;
import static org.mlxspring.engine.ffi.Slots.result;

/** Invokes the operations of {@link MlxC} on quantized weights; {@code mode} is the address of the mode's name. */
public final class QuantizedCalls {

    private QuantizedCalls() {}

    /** A vector of the packed values, the scales and, for the affine mode, the biases. */
    public static long quantize(long w, int groupSize, int bits, long mode, long stream) {
        try {
            return result(
                    (int) MlxC.QUANTIZE.invokeExact(RESULT, w, optional(groupSize), optional(bits), mode, 0L, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long dequantize(long w, long scales, long biases, int groupSize, int bits, long mode, long stream) {
        try {
            return result((int) MlxC.DEQUANTIZE.invokeExact(
                    RESULT, w, scales, biases, optional(groupSize), optional(bits), mode, 0L, 0L, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long matmul(
            long x,
            long w,
            long scales,
            long biases,
            boolean transpose,
            int groupSize,
            int bits,
            long mode,
            long stream) {
        try {
            return result((int) MlxC.QUANTIZED_MATMUL.invokeExact(
                    RESULT, x, w, scales, biases, transpose, optional(groupSize), optional(bits), mode, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long gatherMatmul(
            long x,
            long w,
            long scales,
            long biases,
            long indices,
            int groupSize,
            int bits,
            long mode,
            boolean sorted,
            long stream) {
        try {
            return result((int) MlxC.GATHER_QMM.invokeExact(
                    RESULT,
                    x,
                    w,
                    scales,
                    biases,
                    0L,
                    indices,
                    true,
                    optional(groupSize),
                    optional(bits),
                    mode,
                    sorted,
                    stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }
}
