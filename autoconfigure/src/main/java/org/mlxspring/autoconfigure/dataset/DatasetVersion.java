package org.mlxspring.autoconfigure.dataset;

/**
 * A version as runs refer to it.
 *
 * @param id key of its rows
 * @param dataset name of its dataset
 * @param version its number
 * @param testRows rows of its test split
 */
public record DatasetVersion(long id, String dataset, int version, int testRows) {}
