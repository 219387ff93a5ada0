package org.mlxspring.autoconfigure.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
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

    /** What was answered in the evaluation of a run, sealed. */
    Path answers(String run) {
        return run(run).resolve("evaluation").resolve("answers.jsonl");
    }

    /** The adapter and checkpoints of a run. */
    public Path adapter(String run) {
        return run(run).resolve("adapter");
    }

    /** The fused model of a run. */
    Path fused(String model, String run) {
        return home.resolve("models").resolve(model).resolve(run);
    }

    /** What workers wrote to their standard error. */
    public Path logs() {
        return home.resolve("logs");
    }

    /** Whether a run's folder holds rows, or answers to them. */
    boolean hasRows(String run) {
        return withRows(run).stream().anyMatch(Files::exists);
    }

    /**
     * Removes what a run's folder holds of rows, and answers to them.
     *
     * @return whether there was anything
     */
    boolean forgetRows(String run) {
        boolean has = hasRows(run);
        withRows(run).forEach(RunFolders::remove);
        return has;
    }

    private List<Path> withRows(String run) {
        Path folder = run(run);
        Path hashesOfRows = adapter(run).resolve("reference.json");
        // The last two are of runs from before rows were sealed.
        return List.of(
                rows(run), hashesOfRows, answers(run).getParent(), folder.resolve("data"), folder.resolve("tokens"));
    }

    /** How much room the files of a run and its fused model take, in bytes; 0 where there are none. */
    public long size(String model, String run) {
        return size(run(run)) + size(fused(model, run));
    }

    /** Removes the files of a run and its fused model. */
    public void forget(String model, String run) {
        remove(fused(model, run));
        remove(run(run));
    }

    /** Removes the adapter of a run that did not complete it, with its checkpoints. */
    public void forgetTraining(String run) {
        remove(adapter(run));
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

    /** How much room the files below a folder take, in bytes; 0 where there are none. */
    public static long size(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(RunFolders::bytes)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " could not be read: " + e.getMessage(), e);
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
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
