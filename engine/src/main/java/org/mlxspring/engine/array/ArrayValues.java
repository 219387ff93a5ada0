package org.mlxspring.engine.array;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.mlxspring.engine.ffi.HandleCalls;
import org.mlxspring.engine.ffi.MlxC;

/** Copies values and shapes between Java's memory and MLX's. */
final class ArrayValues {

    private ArrayValues() {}

    static Array of(float[] values, int[] shape) {
        try (Arena arena = Arena.ofConfined()) {
            return copy(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values), values.length, DType.FLOAT32, shape);
        }
    }

    /** The bits of {@code values} as elements of a type of four bytes. */
    static Array of(int[] values, DType type, int[] shape) {
        try (Arena arena = Arena.ofConfined()) {
            return copy(arena.allocateFrom(ValueLayout.JAVA_INT, values), values.length, type, shape);
        }
    }

    private static Array copy(MemorySegment data, int count, DType type, int[] shape) {
        Mlx.enter();
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != count) {
            throw new IllegalArgumentException(
                    count + " values do not fill the shape " + Arrays.toString(shape) + " (" + size + ")");
        }
        return Array.adopt(HandleCalls.newData(data.address(), shape, type.ordinal()));
    }

    static int[] shape(Array array) {
        int dimensions = (int) HandleCalls.get(MlxC.ARRAY_NDIM, array.handle());
        if (dimensions == 0) {
            return new int[0];
        }
        return Mlx.at(HandleCalls.get(MlxC.ARRAY_SHAPE, array.handle()), 4L * dimensions)
                .toArray(ValueLayout.JAVA_INT);
    }

    static float single(Array array) {
        if (array.size() != 1) {
            throw new IllegalStateException("item() needs an array of one element; this has " + array.size());
        }
        if (array.dtype() != DType.FLOAT32) {
            try (Scope inner = Scope.open()) {
                return single(array.astype(DType.FLOAT32));
            }
        }
        Mlx.eval(array);
        return Mlx.at(HandleCalls.get(MlxC.ARRAY_DATA_FLOAT32, array.handle()), 4)
                .get(ValueLayout.JAVA_FLOAT, 0);
    }

    static float[] floats(Array array) {
        try (Scope inner = Scope.open()) {
            Array plain = readable(array.astype(DType.FLOAT32));
            long count = plain.size();
            return count == 0
                    ? new float[0]
                    : Mlx.at(HandleCalls.get(MlxC.ARRAY_DATA_FLOAT32, plain.handle()), 4 * count)
                            .toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    static int[] ints(Array array) {
        try (Scope inner = Scope.open()) {
            Array plain = readable(array.dtype() == DType.UINT32 ? array : array.astype(DType.INT32));
            long count = plain.size();
            MethodHandle data = plain.dtype() == DType.UINT32 ? MlxC.ARRAY_DATA_UINT32 : MlxC.ARRAY_DATA_INT32;
            return count == 0
                    ? new int[0]
                    : Mlx.at(HandleCalls.get(data, plain.handle()), 4 * count).toArray(ValueLayout.JAVA_INT);
        }
    }

    /** The elements in row-major order as they lie in MLX's memory, little-endian: for as long as the current scope is open. */
    static MemorySegment bytes(Array array) {
        Array plain = readable(array);
        long count = plain.bytes();
        return count == 0 ? MemorySegment.NULL : Mlx.at(HandleCalls.get(MlxC.ARRAY_DATA_UINT8, plain.handle()), count);
    }

    /**
     * The array, computed and in row-major order. One that was begun earlier is waited for alone: an operation on it would
     * stand behind all that was begun since.
     */
    private static Array readable(Array array) {
        HandleCalls.run(MlxC.ARRAY_EVAL, array.handle());
        if (HandleCalls.item(MlxC.ARRAY_IS_ROW_CONTIGUOUS, array.handle()) != 0) {
            return array;
        }
        Array copy = array.contiguous();
        HandleCalls.run(MlxC.ARRAY_EVAL, copy.handle());
        return copy;
    }
}
