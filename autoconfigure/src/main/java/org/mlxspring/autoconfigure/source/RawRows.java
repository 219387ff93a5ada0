package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.util.Optional;

/** The rows of a source, one after the other. For one thread. */
interface RawRows extends AutoCloseable {

    /**
     * The next row; empty at the end.
     *
     * @throws UnreadableSourceException if the source cannot be read any further
     */
    Optional<RawRow> next() throws IOException;

    /** The largest watermark of the rows given so far; empty for sources without one. */
    default Optional<String> watermark() {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
