package org.mlxspring.engine.data;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.Storage;

/**
 * A file of rows, or of answers to them, one JSON object per line.
 *
 * @param path where it is
 * @param key what it is sealed with; empty for a plain file
 */
public record RowFile(Path path, Optional<FileKey> key) {

    /** A plain file. */
    public static RowFile plain(Path path) {
        return new RowFile(path, Optional.empty());
    }

    /**
     * Writes the lines of a file like this one, in UTF-8, for now in another place.
     *
     * @throws IOException if it cannot be written
     */
    public BufferedWriter writer(Path beside) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(storage().write(beside), StandardCharsets.UTF_8));
    }

    /**
     * Its lines.
     *
     * @throws IOException if it cannot be read, or the key is another one
     */
    public List<String> lines() throws IOException {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(storage().read(path), StandardCharsets.UTF_8))) {
            return in.readAllLines();
        }
    }

    Storage storage() {
        return Storage.of(key);
    }
}
