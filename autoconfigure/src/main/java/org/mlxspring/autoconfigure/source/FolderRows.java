package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of all files in a folder of the server and those below it, in the order of their names. Hidden files are
 * passed over; a link that leads out of the folder is refused.
 */
final class FolderRows implements RawRows {

    private final Path folder;
    private final ZipLimits limits;
    private final Deque<Path> files;
    private Optional<RawRows> current = Optional.empty();
    private int number;

    FolderRows(String source, Path folder, ZipLimits limits) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UnreadableSourceException(
                    "The folder of source '" + source + "', " + folder + ", is not there or cannot be read.");
        }
        this.folder = folder.toRealPath();
        this.limits = limits;
        try (Stream<Path> found = Files.walk(this.folder)) {
            files = new ArrayDeque<>(found.filter(file -> !Files.isDirectory(file) && !isHidden(file))
                    .filter(file -> SourceFormat.ofFileName(file.getFileName().toString())
                            .isPresent())
                    .sorted()
                    .toList());
        } catch (UncheckedIOException e) {
            throw new UnreadableSourceException("The folder of source '" + source + "', " + folder
                    + ", has folders or files that this application may not read.");
        }
    }

    @Override
    public Optional<RawRow> next() throws IOException {
        while (true) {
            if (current.isPresent()) {
                Optional<RawRow> row = current.get().next();
                if (row.isPresent()) {
                    return row;
                }
                close();
            }
            if (files.isEmpty()) {
                return Optional.empty();
            }
            Path file = files.remove();
            number++;
            if (!file.toRealPath().startsWith(folder)) {
                return Optional.of(new RawRow.Unreadable(
                        new Place("file " + number, 1), "is a link that leads out of the folder", new byte[0]));
            }
            SourceFormat format =
                    SourceFormat.ofFileName(file.getFileName().toString()).orElseThrow();
            current = Optional.of(format.open("file " + number, Files.newInputStream(file), limits));
        }
    }

    private boolean isHidden(Path file) {
        for (Path name : folder.relativize(file)) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        if (current.isPresent()) {
            current.get().close();
            current = Optional.empty();
        }
    }
}
