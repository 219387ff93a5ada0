package org.mlxspring.autoconfigure.check;

/**
 * The version that is checked.
 *
 * @param id its key
 * @param datasetId key of its dataset
 * @param dataset name of its dataset
 * @param number its number
 * @param rows how many rows it has
 */
record CheckedVersion(long id, long datasetId, String dataset, int number, long rows) {}
