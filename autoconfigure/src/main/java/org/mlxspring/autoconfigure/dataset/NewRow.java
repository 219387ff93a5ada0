package org.mlxspring.autoconfigure.dataset;

import java.util.Optional;
import org.mlxspring.engine.data.Split;

/**
 * A row that is checked and redacted and comes in.
 *
 * @param json a JSON object, as {@link RowJson#write} writes it; at most {@link RowIntake#LARGEST} bytes
 * @param kind what kind of row it is; all rows of a dataset version are of one
 * @param split where it belongs, if its source says so; otherwise its hash decides
 * @param key its id in its source; a row with the key of another takes its place
 * @param subject the person or thing that it is about, so that all of its rows can be erased
 * @param original the row before it was redacted, if that is to be kept
 */
public record NewRow(
        String json,
        RowKind kind,
        Optional<Split> split,
        Optional<String> key,
        Optional<String> subject,
        Optional<String> original) {}
