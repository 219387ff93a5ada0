package org.mlxspring.autoconfigure.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
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

    TokenSegments segments(Split split) {
        return TokenSegments.of(path, split, Storage.sealed(key));
    }

    /** Whether nobody removed it. */
    boolean isThere() {
        return segments(Split.TRAIN).count() > 0;
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
