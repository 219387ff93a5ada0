package org.mlxspring.engine.array;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a safetensors file (format: the safetensors project's README) that can be mapped: the header ends in spaces, so that
 * the values begin at a multiple of {@value #ALIGNMENT} bytes, and tensors of wider elements come first, as that project
 * writes them. MLX writes neither.
 */
final class SafetensorsWriter {

    private static final int ALIGNMENT = 64;
    private static final int LENGTH = Long.BYTES;
    /** A buffer of Java has less than 2 GiB. */
    private static final long AT_ONCE = 1L << 30;

    private static final JsonMapper JSON = new JsonMapper();

    private final FileChannel channel;

    private SafetensorsWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Writes a whole file. */
    static void write(Path file, Map<String, Array> tensors, Map<String, String> metadata) throws IOException {
        List<Map.Entry<String, Array>> ordered = tensors.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        tensor -> -tensor.getValue().dtype().bytes()))
                .toList();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            SafetensorsWriter writer = new SafetensorsWriter(channel);
            writer.drain(header(ordered, metadata));
            for (Map.Entry<String, Array> tensor : ordered) {
                writer.values(tensor.getValue());
            }
        }
    }

    private static ByteBuffer header(List<Map.Entry<String, Array>> tensors, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("__metadata__", metadata);
        long offset = 0;
        for (Map.Entry<String, Array> tensor : tensors) {
            Array array = tensor.getValue();
            long end = offset + array.bytes();
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("dtype", array.dtype().safetensorsName());
            described.put("shape", array.shape());
            described.put("data_offsets", new long[] {offset, end});
            header.put(tensor.getKey(), described);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        byte[] padded = Arrays.copyOf(json, json.length + Math.floorMod(-(LENGTH + json.length), ALIGNMENT));
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return ByteBuffer.allocate(LENGTH + padded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .put(padded)
                .flip();
    }

    private void values(Array array) throws IOException {
        try (Scope scope = Scope.open()) {
            MemorySegment bytes = ArrayValues.bytes(array);
            for (long done = 0; done < bytes.byteSize(); done += AT_ONCE) {
                drain(bytes.asSlice(done, Math.min(AT_ONCE, bytes.byteSize() - done))
                        .asByteBuffer());
            }
        }
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
