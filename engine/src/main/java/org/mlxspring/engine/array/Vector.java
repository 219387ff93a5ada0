package org.mlxspring.engine.array;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.mlxspring.engine.ffi.HandleCalls;
import org.mlxspring.engine.ffi.MlxC;

/** A list of arrays as MLX takes and returns them; holds references of its own. */
record Vector(long handle) implements AutoCloseable {

    static Vector of(List<Array> arrays) {
        try (Arena arena = Arena.ofConfined()) {
            return new Vector(HandleCalls.newVector(handles(arrays, arena), arrays.size()));
        }
    }

    /** Writes arrays into a vector that MLX owns, for the results of a function it called. */
    static void fill(long vectorPointer, List<Array> arrays) {
        try (Arena arena = Arena.ofConfined()) {
            HandleCalls.run(
                    MlxC.VECTOR_ARRAY_SET_DATA,
                    vectorPointer,
                    handles(arrays, arena).address(),
                    arrays.size());
        }
    }

    /** The arrays in a vector, as new handles in the current scope. */
    static List<Array> arrays(long vector) {
        long size = HandleCalls.get(MlxC.VECTOR_ARRAY_SIZE, vector);
        List<Array> arrays = new ArrayList<>((int) size);
        for (long i = 0; i < size; i++) {
            arrays.add(Array.adopt(HandleCalls.item(MlxC.VECTOR_ARRAY_GET, vector, i)));
        }
        return arrays;
    }

    private static MemorySegment handles(List<Array> arrays, Arena arena) {
        MemorySegment handles = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, arrays.size()));
        for (int i = 0; i < arrays.size(); i++) {
            handles.setAtIndex(ValueLayout.JAVA_LONG, i, arrays.get(i).handle());
        }
        return handles;
    }

    @Override
    public void close() {
        HandleCalls.run(MlxC.VECTOR_ARRAY_FREE, handle);
    }
}
