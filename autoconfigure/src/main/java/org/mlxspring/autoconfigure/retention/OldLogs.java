package org.mlxspring.autoconfigure.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Logs of the engine's process that nobody wrote to for long enough. */
final class OldLogs implements CleanUpPart {

    private final Path folder;
    private final Duration age;

    OldLogs(Path folder, Duration age) {
        this.folder = folder;
        this.age = age;
    }

    @Override
    public List<Removed> clean(long id, Instant now, boolean dry) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            long count = 0;
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(age))) {
                    count++;
                    bytes += Files.size(file);
                    if (!dry) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            return List.of(new Removed("logs of the engine", count, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("The logs in " + folder + " could not be cleaned up: " + e.getMessage(), e);
        }
    }
}
