package org.mlxspring.autoconfigure.dataset;

import java.util.Optional;

/**
 * A version as runs refer to it.
 *
 * @param id key of its rows
 * @param datasetId key of its dataset
 * @param dataset name of its dataset
 * @param version its number
 * @param hash SHA-256 of its rows, in hexadecimal
 * @param trainRows rows of its training split
 * @param validRows rows of its validation split
 * @param testRows rows of its test split
 * @param kind what its rows are; empty where it was not noted
 * @param state whether runs may use it
 */
public record DatasetVersion(
        long id,
        long datasetId,
        String dataset,
        int version,
        String hash,
        int trainRows,
        int validRows,
        int testRows,
        Optional<RowKind> kind,
        VersionState state) {}
