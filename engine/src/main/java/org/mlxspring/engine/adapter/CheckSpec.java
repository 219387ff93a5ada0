package org.mlxspring.engine.adapter;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.files.FileKey;

/**
 * How a fused or exported model is compared with base and adapter before it takes its place.
 *
 * @param data folder with {@code valid.jsonl} or {@code test.jsonl}; empty for the one that the adapter was trained with
 * @param rows how many rows, from the first; at least 1
 * @param maxKl largest mean divergence per token, in nats, with which a result is kept; empty for the usual one of its
 *     kind
 * @param key what the files of {@code data} are sealed with; empty for plain ones
 */
public record CheckSpec(Optional<Path> data, int rows, Optional<Double> maxKl, Optional<FileKey> key) {

    public static final int DEFAULT_ROWS = 32;

    public static final CheckSpec DEFAULT = new CheckSpec(Optional.empty(), DEFAULT_ROWS, Optional.empty());

    public CheckSpec {
        if (rows < 1) {
            throw new IllegalArgumentException("The check needs at least 1 row; check_rows is " + rows + ".");
        }
        maxKl.ifPresent(limit -> {
            if (!(limit >= 0)) {
                throw new IllegalArgumentException("max_kl is " + limit + "; it must be 0 or more.");
            }
        });
    }

    /** Rows that are not sealed. */
    public CheckSpec(Optional<Path> data, int rows, Optional<Double> maxKl) {
        this(data, rows, maxKl, Optional.empty());
    }

    /** The sealed rows of a data folder, with the usual limits. */
    public static CheckSpec sealed(Path data, FileKey key) {
        return new CheckSpec(Optional.of(data), DEFAULT_ROWS, Optional.empty(), Optional.of(key));
    }

    /** The rows of a data folder, with the usual limits. */
    public static CheckSpec of(Path data) {
        return new CheckSpec(Optional.of(data), DEFAULT_ROWS, Optional.empty());
    }
}
