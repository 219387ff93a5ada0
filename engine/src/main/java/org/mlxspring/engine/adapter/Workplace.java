package org.mlxspring.engine.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for what is not finished; it goes with all that is still in it.
 *
 * @param path the folder
 */
record Workplace(Path path) implements AutoCloseable {

    /** A new one beside a target, so that what is in it can be moved there at once. */
    static Workplace beside(Path target) throws IOException {
        Path parent = Files.createDirectories(target.toAbsolutePath().getParent());
        return new Workplace(Files.createTempDirectory(parent, "." + target.getFileName() + "-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> inside;
        try (Stream<Path> all = Files.walk(path)) {
            inside = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : inside) {
            Files.delete(each);
        }
    }
}
