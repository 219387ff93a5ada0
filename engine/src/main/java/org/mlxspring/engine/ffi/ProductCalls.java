package org.mlxspring.engine.ffi;

import static org.mlxspring.engine.ffi.Slots.RESULT;
import static org.mlxspring.engine.ffi.Slots.failure;
import static org.mlxspring.engine.ffi.Slots.result;

/** Invokes the matrix products of {@link MlxKernels}, where {@link KernelCalls#present()}. */
public final class ProductCalls {

    private ProductCalls() {}

    /**
     * {@code x w + c}, on the kernels where they take it, else on MLX's own operations.
     *
     * @param c 0 for none
     */
    public static long matmul(long x, long w, long c, long stream) {
        try {
            return result((int) MlxKernels.MATMUL.invokeExact(RESULT, x, w, c, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** {@code x W^T}, or {@code x W} unless {@code transpose}, with a weight packed in the affine mode. */
    public static long quantizedMatmul(
            long x, long w, long scales, long biases, boolean transpose, int groupSize, int bits, long stream) {
        try {
            return result((int) MlxKernels.QUANTIZED_MATMUL.invokeExact(
                    RESULT, x, w, scales, biases, transpose, groupSize, bits, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /**
     * {@code x W^T + scale (x a) b}.
     *
     * @param scales of a packed weight, else 0, as {@code biases}
     */
    public static long lora(
            long x,
            long w,
            long scales,
            long biases,
            int groupSize,
            int bits,
            long a,
            long b,
            float scale,
            long stream) {
        try {
            return result((int)
                    MlxKernels.LORA.invokeExact(RESULT, x, w, scales, biases, groupSize, bits, a, b, scale, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }
}
