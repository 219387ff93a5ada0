package org.mlxspring.autoconfigure.lineage;

import java.time.Instant;
import java.util.List;

/**
 * A dataset version and where its rows come from.
 *
 * @param dataset name of the dataset
 * @param version number of the version
 * @param hash SHA-256 of its rows as they are now
 * @param trainRows rows of its training split
 * @param validRows rows of its validation split
 * @param testRows rows of its test split
 * @param erasedRows rows that it had once and that were erased
 * @param formerHashes its hashes before rows were erased, the newest first
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param imports the imports that its rows came with, the newest first
 */
public record DataLineage(
        String dataset,
        int version,
        String hash,
        int trainRows,
        int validRows,
        int testRows,
        int erasedRows,
        List<FormerHash> formerHashes,
        Instant createdAt,
        String createdBy,
        List<ImportUse> imports) {

    public DataLineage {
        formerHashes = List.copyOf(formerHashes);
        imports = List.copyOf(imports);
    }

    /**
     * @param hash SHA-256 of the rows before the erasure
     * @param rowsErased how many rows the erasure took out of the version
     * @param erasure id of the erasure
     * @param until when it was replaced
     */
    public record FormerHash(String hash, int rowsErased, long erasure, Instant until) {}
}
