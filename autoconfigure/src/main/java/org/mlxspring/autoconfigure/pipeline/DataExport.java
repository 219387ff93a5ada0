package org.mlxspring.autoconfigure.pipeline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.run.RunPlan;
import org.mlxspring.engine.data.Split;

/** Writes the rows of a run's dataset version to its folder, where the engine reads them. */
final class DataExport {

    private final Datasets datasets;
    private final RunFolders folders;

    DataExport(Datasets datasets, RunFolders folders) {
        this.datasets = datasets;
        this.folders = folders;
    }

    /** The folder with one file per split; written beside and moved as a whole, and only if it is not there. */
    Path folder(RunPlan run) {
        Path data = folders.data(run.id());
        if (Files.isDirectory(data)) {
            return data;
        }
        Path beside = data.resolveSibling("data.part");
        RunFolders.remove(beside);
        RunFolders.made(beside);
        try {
            for (Split split : Split.values()) {
                write(run.datasetVersionId(), split, beside.resolve(split.fileName()));
            }
            Files.move(beside, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The rows could not be written to " + data + ": " + e.getMessage(), e);
        }
        return data;
    }

    private void write(long version, Split split, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            datasets.read(version, split, row -> {
                try {
                    out.write(row);
                    out.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
