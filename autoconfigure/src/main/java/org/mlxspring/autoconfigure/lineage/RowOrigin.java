package org.mlxspring.autoconfigure.lineage;

import java.time.Instant;

/**
 * A row of a dataset version, without its text.
 *
 * @param row its id
 * @param split its split
 * @param importId the import that it came with
 * @param addedAt when it was added
 */
public record RowOrigin(long row, String split, long importId, Instant addedAt) {}
