package org.mlxspring.engine.array;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.ffi.Calls;
import org.mlxspring.engine.ffi.HandleCalls;
import org.mlxspring.engine.ffi.MlxC;
import org.mlxspring.engine.files.DurableFile;

/** Reads and writes safetensors files. */
public final class Safetensors {

    private Safetensors() {}

    /**
     * Opens a file; the values of a tensor are read when it is first computed.
     *
     * @return the tensors by name, in the current scope
     * @throws IOException if the file is absent, cut short or not safetensors
     */
    public static Map<String, Array> load(Path file) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.read(file);
        Mlx.enter();
        try (Arena arena = Arena.ofConfined()) {
            long[] maps = Calls.pair(
                    MlxC.LOAD_SAFETENSORS, arena.allocateFrom(file.toString()).address(), Mlx.cpuStream());
            try {
                Map<String, Array> tensors = new LinkedHashMap<>();
                for (String name : header.tensors().keySet()) {
                    long key = arena.allocateFrom(name).address();
                    tensors.put(name, Array.adopt(HandleCalls.item(MlxC.MAP_STRING_TO_ARRAY_GET, maps[0], key)));
                }
                return tensors;
            } finally {
                HandleCalls.run(MlxC.MAP_STRING_TO_ARRAY_FREE, maps[0]);
                HandleCalls.run(MlxC.MAP_STRING_TO_STRING_FREE, maps[1]);
            }
        }
    }

    /**
     * Opens a large file that stays as it is, such as the weights of a base model: as {@link #load}, but its tensors are
     * read faster, and may lie in the mapped file, where that is possible.
     *
     * @return the tensors by name, in the current scope
     * @throws IOException if the file is absent, cut short or not safetensors
     */
    public static Map<String, Array> open(Path file) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.read(file);
        boolean readable = header.tensors().values().stream().allMatch(TensorFile::reads);
        Optional<TensorFile> opened = readable ? TensorFile.open(file) : Optional.empty();
        if (opened.isEmpty()) {
            return load(file);
        }
        try (TensorFile tensors = opened.get()) {
            Map<String, Array> arrays = new LinkedHashMap<>();
            header.tensors().forEach((name, tensor) -> arrays.put(name, tensors.tensor(tensor)));
            return arrays;
        }
    }

    /**
     * Writes a file that {@link #open} can map, beside its place, syncs it to the disk and moves it there, so that a reader finds
     * the old file or the new one.
     *
     * @param tensors by name; those of a width stand in the file in this order
     * @param metadata texts for the file's {@code __metadata__}
     */
    public static void save(Path file, Map<String, Array> tensors, Map<String, String> metadata) throws IOException {
        Mlx.eval(tensors.values().stream().toList());
        DurableFile.write(file, beside -> SafetensorsWriter.write(beside, tensors, metadata));
    }
}
