package org.mlxspring.engine.ffi;

import static org.mlxspring.engine.ffi.Slots.RESULT;
import static org.mlxspring.engine.ffi.Slots.failure;
import static org.mlxspring.engine.ffi.Slots.result;

/** Invokes the kernels of {@link MlxKernels}. Handles are plain addresses. */
public final class KernelCalls {

    private KernelCalls() {}

    /** Whether the library of kernels is there; without it, nothing else of this class may be called. */
    public static boolean present() {
        return MlxC.LIBRARIES.kernels().isPresent();
    }

    /** Number of threads that kernels run on. */
    public static long threads() {
        return HandleCalls.query(MlxKernels.THREADS);
    }

    public static long rmsNorm(long x, long weight, float eps, long stream) {
        try {
            return result((int) MlxKernels.RMS_NORM.invokeExact(RESULT, x, weight, eps, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }
}
