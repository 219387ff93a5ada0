package org.mlxspring.engine.array;

import java.util.Arrays;
import org.mlxspring.engine.ffi.KernelCalls;

/** Whether an operation runs on our own kernels: on a CPU, in float32, where their library is there. */
final class Kernels {

    private Kernels() {}

    /** Whether the kernels can take these arrays. */
    static boolean take(Array... arrays) {
        return Mlx.device() == Device.CPU
                && KernelCalls.present()
                && Arrays.stream(arrays).allMatch(array -> array.dtype() == DType.FLOAT32);
    }

    /** As {@link #take}, of arrays [batch, heads, length, features]. */
    static boolean takeHeads(Array... arrays) {
        return take(arrays) && Arrays.stream(arrays).allMatch(array -> array.shape().length == 4);
    }
}
