package org.mlxspring.autoconfigure.prepare;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.StoredRow;
import org.mlxspring.engine.data.RowFile;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.Storage;
import org.springframework.util.FileSystemUtils;

/**
 * Rows as text for a worker, in sealed files. Their key is drawn anew and only in memory, so that nobody can open what a killed
 * process leaves; closing removes the files.
 */
public final class ExportedRows implements AutoCloseable {

    private static final int PAGE = 100;

    private final Path folder;
    private final FileKey key = FileKey.random();
    private int rows;

    ExportedRows(Path folder) {
        this.folder = folder;
    }

    /** The folder, with a file for each split that was written. */
    public Path folder() {
        return folder;
    }

    /** What opens the files. */
    public FileKey key() {
        return key;
    }

    /** The file of a split. */
    public RowFile file(Split split) {
        return new RowFile(folder.resolve(split.fileName()), Optional.of(key));
    }

    int rows() {
        return rows;
    }

    void write(DatasetRows source, DatasetVersion version, Split split, int limit) {
        try {
            Files.createDirectories(folder);
            try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
                    Storage.sealed(key).write(folder.resolve(split.fileName())), StandardCharsets.UTF_8))) {
                int left = limit;
                long after = 0;
                List<StoredRow> page = source.page(version.id(), split, after, Math.min(PAGE, left));
                while (!page.isEmpty()) {
                    for (StoredRow row : page) {
                        out.write(row.json());
                        out.write('\n');
                    }
                    rows += page.size();
                    left -= page.size();
                    after = page.getLast().id();
                    page = left == 0 ? List.of() : source.page(version.id(), split, after, Math.min(PAGE, left));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The rows could not be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Removes the files. */
    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " could not be removed: " + e.getMessage(), e);
        }
    }
}
