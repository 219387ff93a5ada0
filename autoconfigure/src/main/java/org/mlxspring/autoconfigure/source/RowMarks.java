package org.mlxspring.autoconfigure.source;

import java.util.Optional;
import org.mlxspring.engine.data.Split;

/**
 * What a source says of a row besides its text.
 *
 * @param key its id in the source
 * @param subject the person or thing that it is about
 * @param split where it belongs
 */
record RowMarks(Optional<String> key, Optional<String> subject, Optional<Split> split) {

    static final RowMarks NONE = new RowMarks(Optional.empty(), Optional.empty(), Optional.empty());
}
