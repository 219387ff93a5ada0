package org.mlxspring.engine.ffi;

import static org.mlxspring.engine.ffi.Slots.RESULT;
import static org.mlxspring.engine.ffi.Slots.failure;
import static org.mlxspring.engine.ffi.Slots.ints;
import static org.mlxspring.engine.ffi.Slots.result;

/**
 * Invokes what {@code mlx_tensor_file.h} declares: tensors of a file as arrays, mapped or read by several threads. Handles
 * are plain addresses.
 */
public final class TensorFileCalls {

    private TensorFileCalls() {}

    /** Whether there is a library for it that suits this MLX; without it, nothing else of this class may be called. */
    public static boolean possible() {
        return KernelCalls.present() && HandleCalls.query(MlxKernels.TENSOR_FILE_POSSIBLE) != 0;
    }

    /** Opens a file whose name is a C string. */
    public static long open(long name) {
        return HandleCalls.item(MlxKernels.TENSOR_FILE_NEW, name);
    }

    /** An array of the bytes from an offset on; it outlives the handle of its file. */
    public static long array(long file, long offset, int[] shape, int dtype, long stream) {
        try {
            return result((int) MlxKernels.TENSOR_FILE_ARRAY.invokeExact(
                    RESULT, file, offset, ints(shape, 0), (long) shape.length, dtype, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static void close(long file) {
        HandleCalls.run(MlxKernels.TENSOR_FILE_FREE, file);
    }
}
