package org.mlxspring.engine.array;

import org.mlxspring.engine.ffi.KernelCalls;

/** Whether an operation runs on our own kernels: on a CPU, where their library is there. */
final class Kernels {

    private Kernels() {}

    /** Whether the kernels of float32 can take these arrays. */
    static boolean take(Array... arrays) {
        if (!there()) {
            return false;
        }
        for (Array array : arrays) {
            if (array.dtype() != DType.FLOAT32) {
                return false;
            }
        }
        return true;
    }

    /** Whether the product of two arrays is one of ours: with a plain matrix on the right, both of a floating type. */
    static boolean multiply(Array left, Array right) {
        return there() && isFloat(left.dtype()) && isFloat(right.dtype()) && right.axes() == 2 && left.axes() >= 2;
    }

    /** Whether the product with a packed weight is one of ours: with a matrix packed in the affine mode. */
    static boolean multiply(Array left, Quantization.Packed right) {
        return there()
                && right.biases().isPresent()
                && right.values().axes() == 2
                && left.axes() >= 2
                && isFloat(left.dtype())
                && isFloat(right.scales().dtype());
    }

    /** Whether there are kernels at all. */
    static boolean there() {
        return Mlx.device() == Device.CPU && KernelCalls.present();
    }

    private static boolean isFloat(DType type) {
        return type == DType.FLOAT32 || type == DType.BFLOAT16 || type == DType.FLOAT16;
    }

    /** As {@link #take}, of arrays [batch, heads, length, features]. */
    static boolean takeHeads(Array... arrays) {
        if (!take(arrays)) {
            return false;
        }
        for (Array array : arrays) {
            if (array.axes() != 4) {
                return false;
            }
        }
        return true;
    }
}
