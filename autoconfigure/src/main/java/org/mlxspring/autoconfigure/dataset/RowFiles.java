package org.mlxspring.autoconfigure.dataset;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.data.Split;

/**
 * The JSONL files that a dataset version is made from.
 *
 * @param train rows to train on
 * @param valid rows to validate on; empty to split 10 % off {@code train}
 * @param test rows to judge on; empty to split 10 % off {@code train}
 */
public record RowFiles(Path train, Optional<Path> valid, Optional<Path> test) {

    Map<Split, Path> bySplit() {
        Map<Split, Path> files = new EnumMap<>(Split.class);
        files.put(Split.TRAIN, train);
        valid.ifPresent(file -> files.put(Split.VALID, file));
        test.ifPresent(file -> files.put(Split.TEST, file));
        return files;
    }
}
