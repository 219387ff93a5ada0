package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one dataset that are erased.
 *
 * @param datasetId key of the dataset
 * @param dataset its name
 * @param rows ids of the rows
 * @param versions keys of the dataset versions that hold or held one of them
 * @param gone when the last of them left the table of rows; what began later never saw them
 * @param subject keyed hash of the subject's key, where all rows of a subject are erased
 */
public record ErasedRows(
        long datasetId, String dataset, Set<Long> rows, List<Long> versions, Instant gone, Optional<byte[]> subject) {

    public ErasedRows {
        rows = Set.copyOf(rows);
        versions = List.copyOf(versions);
    }
}
