package org.mlxspring.engine.adapter.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;

/**
 * Writes the format GGUF, version 3: magic and counts, metadata, a table of the tensors, then their data, each at a
 * multiple of 32 bytes (the specification is {@code docs/gguf.md} of the ggml project). One part of one tensor is in
 * memory at a time.
 */
final class GgufWriter {

    static final int MAGIC = 0x46554747;
    static final int VERSION = 3;
    static final int ALIGNMENT = 32;

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int ELEMENTS_AT_ONCE = 1 << 22;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private GgufWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Writes a whole file and syncs it to the disk. */
    static void write(Path file, Map<String, MetadataValue> metadata, List<GgufTensor> tensors) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            GgufWriter writer = new GgufWriter(channel);
            writer.header(metadata, tensors);
            for (GgufTensor tensor : tensors) {
                writer.align();
                writer.data(tensor);
            }
            writer.align();
            writer.flush();
            channel.force(true);
        }
    }

    private void header(Map<String, MetadataValue> metadata, List<GgufTensor> tensors) throws IOException {
        whole(MAGIC);
        whole(VERSION);
        large(tensors.size());
        large(metadata.size());
        for (Map.Entry<String, MetadataValue> entry : metadata.entrySet()) {
            text(entry.getKey());
            value(entry.getValue());
        }
        long offset = 0;
        for (GgufTensor tensor : tensors) {
            text(tensor.name());
            whole(tensor.shape().length);
            for (int axis = tensor.shape().length - 1; axis >= 0; axis--) {
                large(tensor.shape()[axis]);
            }
            whole(tensor.encoding().code());
            large(offset);
            offset += tensor.bytes() + padding(tensor.bytes());
        }
    }

    private void value(MetadataValue value) throws IOException {
        switch (value) {
            case MetadataValue.Whole(int number) -> {
                whole(ValueKind.UINT32.ordinal());
                whole(number);
            }
            case MetadataValue.Real(float number) -> {
                whole(ValueKind.FLOAT32.ordinal());
                whole(Float.floatToRawIntBits(number));
            }
            case MetadataValue.Flag(boolean flag) -> {
                whole(ValueKind.BOOL.ordinal());
                room(1).put((byte) (flag ? 1 : 0));
            }
            case MetadataValue.Text(String text) -> {
                whole(ValueKind.STRING.ordinal());
                text(text);
            }
            case MetadataValue.Texts(List<String> texts) -> {
                array(ValueKind.STRING, texts.size());
                for (String text : texts) {
                    text(text);
                }
            }
            case MetadataValue.Wholes(int[] numbers) -> {
                array(ValueKind.INT32, numbers.length);
                for (int number : numbers) {
                    whole(number);
                }
            }
            case MetadataValue.Reals(float[] numbers) -> {
                array(ValueKind.FLOAT32, numbers.length);
                for (float number : numbers) {
                    whole(Float.floatToRawIntBits(number));
                }
            }
        }
    }

    private void array(ValueKind kind, int length) throws IOException {
        whole(ValueKind.ARRAY.ordinal());
        whole(kind.ordinal());
        large(length);
    }

    private void data(GgufTensor tensor) throws IOException {
        flush();
        try (Scope scope = Scope.open()) {
            Array values = tensor.values().get();
            int rows = tensor.shape()[0];
            long rowElements = tensor.elements() / rows;
            int rowsAtOnce = (int) Math.clamp(ELEMENTS_AT_ONCE / rowElements, 1, rows);
            // Parts of a vector end at multiples of a block.
            rowsAtOnce = rowElements == 1 ? rows : rowsAtOnce;
            for (int row = 0; row < rows; row += rowsAtOnce) {
                try (Scope part = Scope.open()) {
                    float[] floats = values.slice(0, row, Math.min(rows, row + rowsAtOnce))
                            .toFloats();
                    ByteBuffer bytes = ByteBuffer.allocate(
                                    Math.toIntExact(tensor.encoding().bytes(floats.length)))
                            .order(ByteOrder.LITTLE_ENDIAN);
                    tensor.encoding().encode(floats, bytes);
                    drain(bytes.flip());
                }
            }
        }
    }

    private void align() throws IOException {
        flush();
        long padding = padding(channel.position());
        for (long i = 0; i < padding; i++) {
            room(1).put((byte) 0);
        }
        flush();
    }

    private static long padding(long position) {
        return Math.floorMod(-position, ALIGNMENT);
    }

    private void whole(int value) throws IOException {
        room(4).putInt(value);
    }

    private void large(long value) throws IOException {
        room(8).putLong(value);
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        large(bytes.length);
        if (bytes.length > BUFFER_BYTES) {
            flush();
            drain(ByteBuffer.wrap(bytes));
        } else {
            room(bytes.length).put(bytes);
        }
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws IOException {
        drain(buffer.flip());
        buffer.clear();
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
