package org.mlxspring.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with {@code train.jsonl}, {@code valid.jsonl} and {@code test.jsonl}, of which some may be missing.
 *
 * @param path the folder
 */
public record DataFolder(Path path) {

    /** @throws DataException when there is no such folder */
    public DataFolder {
        if (!Files.isDirectory(path)) {
            throw new DataException(
                    path + " is not a folder; give the folder that holds train.jsonl, valid.jsonl and test.jsonl");
        }
    }

    /** Where the file of a split is, or would be. */
    public Path file(Split split) {
        return path.resolve(split.fileName());
    }

    /** Whether the file of a split is there and not empty. */
    public boolean has(Split split) {
        try {
            return Files.isRegularFile(file(split)) && Files.size(file(split)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(file(split) + " cannot be read", e);
        }
    }

    /**
     * The file of a split that has to be there.
     *
     * @throws DataException when it is missing or empty
     */
    public Path require(Split split) {
        Path file = file(split);
        if (has(split)) {
            return file;
        }
        String what = Files.isRegularFile(file) ? "is empty" : "is missing";
        throw new DataException(file + " " + what + "; it must hold one JSON object per line, with \"messages\","
                + " with \"prompt\" and \"completion\", with \"text\", or, for preferences, with \"prompt\","
                + " \"chosen\" and \"rejected\"");
    }
}
