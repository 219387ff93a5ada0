package org.mlxspring.engine.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two runs from training into one folder; the system frees it when the process ends, however it ends. */
interface FolderLock extends AutoCloseable {

    /** For a process that writes nothing, beside the one that does. */
    FolderLock NONE = () -> {};

    /**
     * @throws TrainException if another run holds the folder
     */
    static FolderLock on(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new TrainException("Another run is training into " + folder
                        + "; wait for its end, or name another adapter folder.");
            }
            return () -> close(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("The adapter folder " + folder + " cannot be written to", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void close();
}
