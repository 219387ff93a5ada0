package org.mlxspring.engine.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.files.Storage;

/** Writes the file that {@link TokenStore} describes: beside its place, flushed, then moved. */
final class TokenStoreWriter implements AutoCloseable {

    private final Path file;
    private final Path beside;
    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();
    private long tokens;
    private int rows;
    /** Length, number of spans and key count of each row. */
    private int[] entries = new int[3 * 1024];
    /** The spans of all rows, of which the first {@code 2 * spanCount} are set. */
    private int[] spans = new int[2 * 1024];

    private long[] ids = new long[1024];

    private int spanCount;

    private boolean finished;

    private TokenStoreWriter(Path file, Path beside, OutputStream out) {
        this.file = file;
        this.beside = beside;
        this.out = out;
    }

    /**
     * Begins a file; missing folders are made.
     *
     * @throws DataException when its folder cannot be written to
     */
    static TokenStoreWriter begin(Path file, TokenStore.Origin origin, Storage storage) {
        Path place = file.toAbsolutePath();
        try {
            Files.createDirectories(place.getParent());
            Path beside = Files.createTempFile(place.getParent(), place.getFileName() + ".", ".part");
            TokenStoreWriter writer = new TokenStoreWriter(place, beside, opened(beside, storage));
            try {
                writer.header(origin);
                return writer;
            } catch (IOException | RuntimeException e) {
                try (writer) {
                    throw e;
                }
            }
        } catch (IOException e) {
            throw failure(place, e);
        }
    }

    private static OutputStream opened(Path beside, Storage storage) throws IOException {
        try {
            return storage.write(beside);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    private void header(TokenStore.Origin origin) throws IOException {
        byte[] json = TokenStore.JSON.writeValueAsString(origin).getBytes(StandardCharsets.UTF_8);
        byte[] header = Arrays.copyOf(json, Math.toIntExact(TokenStore.aligned(json.length)));
        Arrays.fill(header, json.length, header.length, (byte) ' ');
        buffer.put(TokenStore.MAGIC.getBytes(StandardCharsets.US_ASCII));
        buffer.putInt(TokenStore.VERSION).putInt(header.length);
        for (byte each : header) {
            room(1).put(each);
        }
    }

    void add(long id, TokenizedRow row, int keyCount) {
        if (rows == ids.length) {
            ids = Arrays.copyOf(ids, 2 * ids.length);
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        ids[rows] = id;
        entries[3 * rows] = row.tokens().length;
        entries[3 * rows + 1] = row.targets().length / 2;
        entries[3 * rows + 2] = keyCount;
        while (spans.length < 2 * spanCount + row.targets().length) {
            spans = Arrays.copyOf(spans, 2 * spans.length);
        }
        System.arraycopy(row.targets(), 0, spans, 2 * spanCount, row.targets().length);
        spanCount += row.targets().length / 2;
        rows++;
        tokens += row.tokens().length;
        try {
            put(row.tokens(), row.tokens().length);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    void finish() {
        try {
            if (tokens % 2 == 1) {
                room(Integer.BYTES).putInt(0);
            }
            put(spans, 2 * spanCount);
            long firstToken = 0;
            long firstSpan = 0;
            for (int row = 0; row < rows; row++) {
                room(TokenStore.ENTRY).putLong(firstToken).putLong(firstSpan).putLong(ids[row]);
                buffer.putInt(entries[3 * row]).putInt(entries[3 * row + 1]).putInt(entries[3 * row + 2]);
                buffer.putInt(0);
                firstToken += entries[3 * row];
                firstSpan += entries[3 * row + 1];
            }
            room(TokenStore.END).putLong(tokens).putLong(spanCount).putInt(rows);
            flush();
            buffer.putInt((int) checksum.getValue());
            flush();
            out.close();
            DurableFile.replace(beside, file);
            finished = true;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private void put(int[] numbers, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int part = Math.min(count - done, room(Integer.BYTES).remaining() / Integer.BYTES);
            buffer.asIntBuffer().put(numbers, done, part);
            buffer.position(buffer.position() + part * Integer.BYTES);
            done += part;
        }
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws IOException {
        buffer.flip();
        checksum.update(buffer.array(), 0, buffer.limit());
        out.write(buffer.array(), 0, buffer.limit());
        buffer.clear();
    }

    private static DataException failure(Path file, IOException e) {
        return new DataException(
                file + " could not be written; its folder must be writable and the disk must have room", e);
    }

    /** Removes what was written, unless it was finished. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            try {
                out.close();
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }
}
