package org.mlxspring.engine.array;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mlxspring.engine.ffi.TensorFileCalls;

/**
 * A safetensors file whose tensors become arrays faster than through MLX, on a CPU: one that begins at a multiple of eight
 * bytes lies in the mapped file, which all processes that use it share; any other is read by several threads when it is
 * first computed.
 *
 * <p>A mapped file may be replaced by moving another to its name, as everything here does. One that is cut short in place
 * while it is used ends the process, as it would end any program that has it mapped; the engine's own process is there for
 * such ends, and its run goes on from the last checkpoint.
 */
final class TensorFile implements AutoCloseable {

    private static final Map<String, DType> TYPES =
            Stream.of(DType.values()).collect(Collectors.toMap(DType::safetensorsName, Function.identity()));

    private final long handle;

    private TensorFile(long handle) {
        this.handle = handle;
    }

    /** Opens a file, where that is possible with this MLX. */
    static Optional<TensorFile> open(Path file) {
        if (!Mlx.hasKernels()) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            return Optional.of(new TensorFile(
                    TensorFileCalls.open(arena.allocateFrom(file.toString()).address())));
        }
    }

    /** Whether tensors of this type can be read; MLX itself translates some others. */
    static boolean reads(SafetensorsHeader.Tensor tensor) {
        return TYPES.containsKey(tensor.type());
    }

    /** A tensor, in the current scope; it outlives this. */
    Array tensor(SafetensorsHeader.Tensor tensor) {
        int[] shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
        DType type = TYPES.get(tensor.type());
        return Array.adopt(TensorFileCalls.array(handle, tensor.offset(), shape, type.ordinal(), Mlx.cpuStream()));
    }

    @Override
    public void close() {
        TensorFileCalls.close(handle);
    }
}
