package org.mlxspring.autoconfigure.dataset;

import java.util.Optional;

/**
 * A version as runs refer to it.
 *
 * @param id key of its rows
 * @param dataset name of its dataset
 * @param version its number
 * @param testRows rows of its test split
 * @param kind what its rows are; empty where it was not noted
 */
public record DatasetVersion(long id, String dataset, int version, int testRows, Optional<RowKind> kind) {}
