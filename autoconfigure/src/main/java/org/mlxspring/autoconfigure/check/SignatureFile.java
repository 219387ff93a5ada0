package org.mlxspring.autoconfigure.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The signatures of a version's rows, 256 bytes each, in a temporary file that has lost its name as soon as it is open. They
 * are written one after the other, then mapped and read in any order.
 */
final class SignatureFile implements AutoCloseable {

    private static final int RECORD = MinHash.SIZE * Short.BYTES;
    /** Rows of one mapping, which may not be larger than 2 GB. */
    private static final int ROWS_OF_MAPPING = 1 << 18;

    private final FileChannel channel;
    private final ByteBuffer waiting = ByteBuffer.allocateDirect(RECORD * 4096);
    private final List<MappedByteBuffer> mapped = new ArrayList<>();
    private final BitSet signed = new BitSet();
    private int rows;

    /** @param folder where the file lies while it is open */
    SignatureFile(Path folder) {
        try {
            Path file = Files.createTempFile(folder, "mlx-check", ".signatures");
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("A temporary file for signatures could not be made in " + folder, e);
        }
    }

    /** Appends the signature of the next row, or notes that it has none. */
    void add(Optional<short[]> signature) {
        if (waiting.remaining() < RECORD) {
            flush();
        }
        int at = waiting.position();
        signature.ifPresent(values -> {
            signed.set(rows);
            waiting.asShortBuffer().put(values);
        });
        waiting.position(at + RECORD);
        rows++;
    }

    /** Ends the writing. */
    void finish() {
        flush();
        try {
            for (int first = 0; first < rows; first += ROWS_OF_MAPPING) {
                long size = (long) RECORD * Math.min(ROWS_OF_MAPPING, rows - first);
                mapped.add(channel.map(FileChannel.MapMode.READ_ONLY, (long) RECORD * first, size));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The signatures of " + rows + " rows could not be mapped", e);
        }
    }

    /** Whether a row has a signature. */
    boolean has(int row) {
        return signed.get(row);
    }

    /** A hash of the values {@code from} to before {@code to} of a row's signature. */
    long hash(int row, int from, int to) {
        MappedByteBuffer records = mapped.get(row / ROWS_OF_MAPPING);
        int at = row % ROWS_OF_MAPPING * RECORD;
        long hash = from + 1;
        for (int i = from; i < to; i++) {
            hash = (hash ^ records.getShort(at + i * Short.BYTES)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /** The estimated similarity of two rows, from 0 to 1. */
    double similarity(int row, int other) {
        MappedByteBuffer records = mapped.get(row / ROWS_OF_MAPPING);
        MappedByteBuffer others = mapped.get(other / ROWS_OF_MAPPING);
        int at = row % ROWS_OF_MAPPING * RECORD;
        int otherAt = other % ROWS_OF_MAPPING * RECORD;
        int equal = 0;
        for (int i = 0; i < RECORD; i += Short.BYTES) {
            equal += records.getShort(at + i) == others.getShort(otherAt + i) ? 1 : 0;
        }
        return (double) equal / MinHash.SIZE;
    }

    private void flush() {
        waiting.flip();
        try {
            while (waiting.hasRemaining()) {
                channel.write(waiting);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The signatures could not be written after row " + rows + "; they need " + RECORD
                            + " bytes per row in the folder of temporary files",
                    e);
        }
        waiting.clear();
    }

    @Override
    public void close() {
        mapped.clear();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary file of signatures could not be closed", e);
        }
    }
}
