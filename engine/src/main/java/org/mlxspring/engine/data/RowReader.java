package org.mlxspring.engine.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the rows of a JSON-lines file one after the other. For one thread. */
public final class RowReader implements AutoCloseable {

    private RowReader() {}

    /**
     * Opens a file.
     *
     * @param file one JSON object per line, UTF-8
     * @param keys names of the keys that hold a row
     * @param maskPrompt whether prompts will be masked, which not every row allows
     */
    public static RowReader open(Path file, RowKeys keys, boolean maskPrompt) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * The next row, or empty at the end of the file. After a {@link RowException} the next call goes on with the line
     * after the bad one.
     *
     * @throws RowException when the row cannot be used
     */
    public Optional<NumberedRow> read() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The bad rows of a file, in its order, at most {@code limit}; empty when every row can be used. */
    public static List<RowException> check(Path file, RowKeys keys, boolean maskPrompt, int limit) {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("not written yet");
    }
}
