package org.mlxspring.autoconfigure.prepare;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.mlxspring.engine.data.RowCounts;

/**
 * The token stores of a dataset version for one tokenizer, template and length.
 *
 * @param id key of its entry
 * @param datasetId key of the dataset
 * @param versionId key of the version
 * @param folder with a folder of sealed segments for each split
 * @param counts of the rows of all splits, as they were when it was made; 0 while it is being made
 * @param madeAt when it was complete; empty while it is being made
 * @param lastUsed when a run last asked for it
 */
public record PreparedStore(
        long id,
        long datasetId,
        long versionId,
        Path folder,
        RowCounts counts,
        Optional<Instant> madeAt,
        Instant lastUsed) {}
