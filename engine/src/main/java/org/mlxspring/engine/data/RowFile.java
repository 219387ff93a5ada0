package org.mlxspring.engine.data;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.Storage;

/**
 * A file of rows, one JSON object per line.
 *
 * @param path where it is
 * @param key what it is sealed with; empty for a plain file
 */
public record RowFile(Path path, Optional<FileKey> key) {

    /** A plain file. */
    public static RowFile plain(Path path) {
        return new RowFile(path, Optional.empty());
    }

    Storage storage() {
        return Storage.of(key);
    }
}
