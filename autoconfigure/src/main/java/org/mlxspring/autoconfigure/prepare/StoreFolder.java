package org.mlxspring.autoconfigure.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import org.mlxspring.engine.data.PreparedFolder;
import org.mlxspring.engine.data.RowCounts;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenSegments;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.Storage;
import org.springframework.util.FileSystemUtils;

/**
 * The files of a token store.
 *
 * @param path its folder
 * @param key what its segments are sealed with
 */
record StoreFolder(Path path, FileKey key) {

    private PreparedFolder prepared() {
        return new PreparedFolder(path, Storage.sealed(key));
    }

    TokenSegments segments(Split split) {
        return prepared().segments(split);
    }

    /** Whether all rows were there and nobody removed a file since. */
    boolean isComplete() {
        return prepared().isComplete();
    }

    /** Notes that all rows are there. */
    void complete() {
        prepared().complete();
    }

    RowCounts counts(int maxSeqLength) {
        RowCounts counts = new RowCounts(0, 0, 0, 0);
        for (Split split : Split.values()) {
            counts = counts.plus(RowCounts.of(segments(split).open(), maxSeqLength));
        }
        return counts;
    }

    /** Takes rows out, also while others are being added. */
    int without(Set<Long> ids) {
        int removed = 0;
        try (StoreLock lock = StoreLock.forErasing(path)) {
            for (Split split : Split.values()) {
                removed += segments(split).without(ids);
            }
        }
        return removed;
    }

    void delete() {
        try {
            FileSystemUtils.deleteRecursively(path);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + path + " could not be removed: " + e.getMessage(), e);
        }
    }
}
