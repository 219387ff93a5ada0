package org.mlxspring.engine.adapter.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.mlxspring.engine.array.Array;

/**
 * A GGUF file as it lies on the disk: its metadata, and its tensors as they are read. Understands what is written here;
 * metadata of other kinds are passed over.
 */
final class GgufFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int ELEMENTS_AT_ONCE = 1 << 22;

    /**
     * Where a tensor lies.
     *
     * @param shape rows first
     * @param offset from the beginning of the data
     */
    record Entry(int[] shape, Encoding encoding, long offset) {}

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private final Map<String, MetadataValue> metadata = new LinkedHashMap<>();
    private final Map<String, Entry> tensors = new LinkedHashMap<>();
    private long data;

    private GgufFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws IOException if the file is absent, cut short or not GGUF of version 3; the message names it */
    static GgufFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path);
        GgufFile file = new GgufFile(path, channel);
        try {
            file.readHeader();
            return file;
        } catch (IllegalArgumentException e) {
            channel.close();
            throw file.broken("it holds an unknown " + e.getMessage());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Map<String, MetadataValue> metadata() {
        return metadata;
    }

    Map<String, Entry> tensors() {
        return tensors;
    }

    /** Where in the file the data of the first tensor begin. */
    long dataStart() {
        return data;
    }

    private void readHeader() throws IOException {
        if (whole() != GgufWriter.MAGIC || whole() != GgufWriter.VERSION) {
            throw broken("it does not begin as one of version 3");
        }
        long tensorCount = large();
        long valueCount = large();
        for (long i = 0; i < valueCount; i++) {
            readValue(text());
        }
        for (long i = 0; i < tensorCount; i++) {
            String name = text();
            int[] shape = new int[whole()];
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                shape[axis] = Math.toIntExact(large());
            }
            tensors.put(name, new Entry(shape, Encoding.of(whole()), large()));
        }
        long position = channel.position() - buffer.remaining();
        data = position + Math.floorMod(-position, GgufWriter.ALIGNMENT);
    }

    private void readValue(String key) throws IOException {
        ValueKind kind = kind();
        switch (kind) {
            case UINT32 -> metadata.put(key, new MetadataValue.Whole(whole()));
            case FLOAT32 -> metadata.put(key, new MetadataValue.Real(Float.intBitsToFloat(whole())));
            case BOOL -> metadata.put(key, new MetadataValue.Flag(need(1).get() != 0));
            case STRING -> metadata.put(key, new MetadataValue.Text(text()));
            case ARRAY -> readArray(key, kind(), Math.toIntExact(large()));
            default -> need(kind.bytes()).position(buffer.position() + kind.bytes());
        }
    }

    private void readArray(String key, ValueKind kind, int length) throws IOException {
        switch (kind) {
            case STRING -> {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < length; i++) {
                    texts.add(text());
                }
                metadata.put(key, new MetadataValue.Texts(texts));
            }
            case INT32 -> {
                int[] values = new int[length];
                for (int i = 0; i < length; i++) {
                    values[i] = whole();
                }
                metadata.put(key, new MetadataValue.Wholes(values));
            }
            case FLOAT32 -> {
                float[] values = new float[length];
                for (int i = 0; i < length; i++) {
                    values[i] = Float.intBitsToFloat(whole());
                }
                metadata.put(key, new MetadataValue.Reals(values));
            }
            case ARRAY -> throw broken("it holds an array of arrays");
            default -> {
                for (int i = 0; i < length; i++) {
                    need(kind.bytes()).position(buffer.position() + kind.bytes());
                }
            }
        }
    }

    private ValueKind kind() throws IOException {
        int code = whole();
        if (code < 0 || code >= ValueKind.values().length) {
            throw broken("it holds a value of kind " + code);
        }
        return ValueKind.values()[code];
    }

    /**
     * Reads a tensor into the current scope, part by part.
     *
     * @param parts receives each part, float32 of whole rows, and gives what is to be kept of it
     * @return the parts joined, of the tensor's shape
     */
    Array read(Entry entry, UnaryOperator<Array> parts) throws IOException {
        int rows = entry.shape()[0];
        int rowElements = 1;
        for (int axis = 1; axis < entry.shape().length; axis++) {
            rowElements = Math.multiplyExact(rowElements, entry.shape()[axis]);
        }
        int rowsAtOnce = rowElements == 1 ? rows : Math.clamp(ELEMENTS_AT_ONCE / rowElements, 1, rows);
        List<Array> read = new ArrayList<>();
        long position = data + entry.offset();
        for (int row = 0; row < rows; row += rowsAtOnce) {
            int count = Math.min(rowsAtOnce, rows - row);
            ByteBuffer bytes = ByteBuffer.allocate(
                            Math.toIntExact(entry.encoding().bytes((long) count * rowElements)))
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                int got = channel.read(bytes, position + bytes.position());
                if (got < 0) {
                    throw broken("it ends after " + channel.size() + " bytes");
                }
            }
            position += bytes.capacity();
            int[] shape = entry.shape().clone();
            shape[0] = count;
            read.add(parts.apply(Array.of(entry.encoding().decode(bytes.flip(), count * rowElements), shape)));
        }
        return read.size() == 1 ? read.getFirst() : Array.concatenate(0, read.toArray(Array[]::new));
    }

    private int whole() throws IOException {
        return need(4).getInt();
    }

    private long large() throws IOException {
        return need(8).getLong();
    }

    private String text() throws IOException {
        long length = large();
        if (length < 0 || length > channel.size()) {
            throw broken("a text in it claims " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        for (int done = 0; done < bytes.length; ) {
            int part = Math.min(bytes.length - done, BUFFER_BYTES);
            need(part).get(bytes, done, part);
            done += part;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private ByteBuffer need(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            buffer.compact();
            while (buffer.position() < bytes) {
                if (channel.read(buffer) < 0) {
                    throw broken("it ends after " + channel.size() + " bytes");
                }
            }
            buffer.flip();
        }
        return buffer;
    }

    private IOException broken(String reason) {
        return new IOException(path + " is not a complete GGUF file: " + reason + ".");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
