package org.mlxspring.autoconfigure.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sole right to do something with a token store, among all processes that see its folder. The operating system gives it
 * back when its holder ends, however that comes.
 */
final class StoreLock implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The right to add segments. */
    static StoreLock forPreparing(Path store, BooleanSupplier stopWanted) {
        return on(store.resolve(".preparing"), stopWanted);
    }

    /** The right to take rows out of segments. */
    static StoreLock forErasing(Path store) {
        return on(store.resolve(".erasing"), () -> false);
    }

    /**
     * Waits for the right.
     *
     * @throws PreparationStoppedException if it is asked to stop before
     */
    private static StoreLock on(Path file, BooleanSupplier stopWanted) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                while (tryLock(channel) == null) {
                    if (stopWanted.getAsBoolean()) {
                        throw new PreparationStoppedException();
                    }
                    Thread.sleep(LOOK_MILLIS);
                }
                return new StoreLock(channel);
            } catch (InterruptedException e) {
                channel.close();
                Thread.currentThread().interrupt();
                throw new PreparationStoppedException();
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be locked; mlx.home must be on a disk with file locks", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
