package org.mlxspring.engine.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files so that a reader, or a start after a crash, finds the old content or the new one and nothing between. */
public final class DurableFile {

    private DurableFile() {}

    /** Writes UTF-8 text, see {@link #write(Path, byte[])}. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes content beside a file, syncs it to the disk and moves it there; folders that lack are made. */
    public static void write(Path file, byte[] content) throws IOException {
        Path beside = beside(file);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(beside, content);
        replace(beside, file);
    }

    /** Where the content of a file is written until it is complete: a hidden file in the same folder. */
    public static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".tmp");
    }

    /** Syncs a complete file to the disk and moves it to its place on the same disk. */
    public static void replace(Path complete, Path file) throws IOException {
        sync(complete);
        Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Waits until a file's content is on the disk. */
    public static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
