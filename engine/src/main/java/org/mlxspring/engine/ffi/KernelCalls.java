package org.mlxspring.engine.ffi;

import static org.mlxspring.engine.ffi.Slots.RESULT;
import static org.mlxspring.engine.ffi.Slots.failure;
import static org.mlxspring.engine.ffi.Slots.ints;
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

    public static long add(long a, long b, long stream) {
        return Calls.aa(MlxKernels.ADD, a, b, stream);
    }

    public static long sumOfSquares(long vector, long stream) {
        return Calls.a(MlxKernels.SUM_OF_SQUARES, vector, stream);
    }

    /** A vector of {@code count} arrays. */
    public static long fork(long x, int count, long stream) {
        return Calls.ai(MlxKernels.FORK, x, count, stream);
    }

    /**
     * @param activation 0 for SiLU, 1 for GELU, 2 for GELU by a hyperbolic tangent
     */
    public static long gated(long gate, long up, int activation, long stream) {
        try {
            return result((int) MlxKernels.GATED.invokeExact(RESULT, gate, up, activation, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** As {@link #gated}, of the halves of the last axis. */
    public static long gatedJoined(long gateUp, int activation, long stream) {
        try {
            return result((int) MlxKernels.GATED_JOINED.invokeExact(RESULT, gateUp, activation, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /**
     * @param freqs 0 for a geometric series from {@code base}
     * @param lengths after each of which positions begin again; none for one row
     */
    public static long rope(
            long x,
            int dims,
            boolean traditional,
            float base,
            float scale,
            int offset,
            long freqs,
            int[] lengths,
            long stream) {
        try {
            return result((int) MlxKernels.ROPE.invokeExact(
                    RESULT,
                    x,
                    dims,
                    traditional,
                    base,
                    scale,
                    offset,
                    freqs,
                    ints(lengths, 0),
                    (long) lengths.length,
                    stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /**
     * @param window 0 for none
     * @param lengths of rows one behind the other; none for one row in each entry of the batch
     */
    public static long attention(
            long q, long k, long v, float scale, boolean causal, int window, int[] lengths, long stream) {
        try {
            return result((int) MlxKernels.ATTENTION.invokeExact(
                    RESULT, q, k, v, scale, causal, window, ints(lengths, 0), (long) lengths.length, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** A vector of the new parameter and both new moments. */
    public static long adam(
            long parameter,
            long gradient,
            long m,
            long v,
            double beta1,
            double beta2,
            float eps,
            float rate,
            float unbias,
            float keep,
            long stream) {
        try {
            return result((int) MlxKernels.ADAM.invokeExact(
                    RESULT, parameter, gradient, m, v, beta1, beta2, eps, rate, unbias, keep, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long crossEntropy(long logits, long targets, long stream) {
        try {
            return result((int) MlxKernels.CROSS_ENTROPY.invokeExact(RESULT, logits, targets, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }
}
