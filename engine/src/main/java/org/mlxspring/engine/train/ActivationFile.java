package org.mlxspring.engine.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Activations of batches on disk, float32, for as long as a run lasts: a file without a name, made with the first batch
 * that is kept, which the system frees with the process, however that ends.
 */
final class ActivationFile implements AutoCloseable {

    private final Path folder;
    private final long limit;
    private final Map<String, Long> places = new HashMap<>();
    private Optional<FileChannel> file = Optional.empty();
    private long size;
    private boolean full;

    /**
     * @param folder where the file is made
     * @param limit most bytes of the file
     */
    ActivationFile(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** Whether there is no room for anything. */
    boolean isNone() {
        return limit == 0;
    }

    /** Whether a batch is there. */
    boolean holds(String batch) {
        return places.containsKey(batch);
    }

    /** Keeps a batch, while there is room. A disk that has no room ends the keeping, not the run. */
    void keep(String batch, float[] values) {
        ByteBuffer bytes = buffer(values.length);
        bytes.asFloatBuffer().put(values);
        if (full || size + bytes.capacity() > limit) {
            full = true;
            return;
        }
        try {
            FileChannel channel = opened();
            for (long at = size; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            full = true;
            return;
        }
        places.put(batch, size);
        size += bytes.capacity();
    }

    /**
     * Reads a batch that is there.
     *
     * @param count numbers of the batch
     */
    float[] read(String batch, int count) {
        ByteBuffer bytes = buffer(count);
        try {
            for (long at = places.get(batch); bytes.hasRemaining(); ) {
                int read = opened().read(bytes, at);
                if (read < 0) {
                    throw new IOException("it ends at byte " + at);
                }
                at += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The activations that this run keeps in " + folder + " could not be read; with activation_cache 0"
                            + " it keeps none",
                    e);
        }
        float[] values = new float[count];
        bytes.flip().asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder());
    }

    private FileChannel opened() throws IOException {
        if (file.isEmpty()) {
            Files.createDirectories(folder);
            Path path = Files.createTempFile(folder, ".activations", ".tmp");
            file = Optional.of(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        }
        return file.get();
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The activations that this run kept in " + folder + " stay there", e);
        }
    }
}
