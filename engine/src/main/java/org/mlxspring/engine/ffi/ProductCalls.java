package org.mlxspring.engine.ffi;

import static org.mlxspring.engine.ffi.Slots.RESULT;
import static org.mlxspring.engine.ffi.Slots.failure;
import static org.mlxspring.engine.ffi.Slots.result;

/** Invokes the matrix products of {@link MlxKernels}, where {@link KernelCalls#present()}. */
public final class ProductCalls {

    private ProductCalls() {}

    /**
     * {@code x w + c}.
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
}
