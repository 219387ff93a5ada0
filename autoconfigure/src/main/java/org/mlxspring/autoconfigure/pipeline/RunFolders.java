package org.mlxspring.autoconfigure.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.util.FileSystemUtils;

/**
 * Where the files of runs and models are.
 *
 * @param home absolute folder of everything that is not in the database
 */
public record RunFolders(Path home) {

    public RunFolders {
        home = home.toAbsolutePath().normalize();
    }

    /** Sealed rows for the worker of a run, while it works. */
    Path rows(String run) {
        return run(run).resolve("rows");
    }

    /** The adapter and checkpoints of a run. */
    Path adapter(String run) {
        return run(run).resolve("adapter");
    }

    /** The fused model of a run. */
    Path fused(String model, String run) {
        return home.resolve("models").resolve(model).resolve(run);
    }

    /** What workers wrote to their standard error. */
    Path logs() {
        return home.resolve("logs");
    }

    private Path run(String run) {
        return home.resolve("runs").resolve(run);
    }

    /** Removes a folder that a killed attempt left half done. */
    static void remove(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " could not be removed: " + e.getMessage(), e);
        }
    }

    /** Puts a complete folder in its place at once, in place of an earlier attempt's. */
    static void move(Path complete, Path place) {
        remove(place);
        try {
            Files.move(complete, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + complete + " could not be moved to " + place + ".", e);
        }
    }

    static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " could not be made: " + e.getMessage(), e);
        }
    }
}
