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

    /** Writes content, see {@link #write(Path, Content)}. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, beside -> Files.write(beside, content));
    }

    /** Writes a file whose content is too large to be held, or is written by another. */
    @FunctionalInterface
    public interface Content {

        /** Makes the whole file at this place, which is not yet its own. */
        void to(Path beside) throws IOException;
    }

    /**
     * Writes content beside a file, syncs it to the disk and moves it there; folders that lack are made. What could not be
     * written whole is removed.
     */
    public static void write(Path file, Content content) throws IOException {
        Path beside = beside(file);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            content.to(beside);
            replace(beside, file);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /** Where the content of a file is written until it is complete: a hidden file in the same folder. */
    public static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".tmp");
    }

    /** Syncs a complete file to the disk and moves it to its place on the same disk, see {@link #move}. */
    public static void replace(Path complete, Path file) throws IOException {
        sync(complete);
        move(complete, file);
    }

    /**
     * Moves a file or folder whose content is on the disk to its place on the same disk, and waits until its new name is there
     * too. A file takes the place of an old one, a folder that of an empty one.
     */
    public static void move(Path complete, Path place) throws IOException {
        Files.move(complete, place, StandardCopyOption.ATOMIC_MOVE);
        syncNames(place.toAbsolutePath().getParent());
    }

    /** Waits until a file's content is on the disk. */
    public static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Waits until the names in a folder are on the disk, those of files that were made in it or moved there. */
    public static void syncNames(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
