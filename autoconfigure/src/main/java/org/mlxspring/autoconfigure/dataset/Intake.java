package org.mlxspring.autoconfigure.dataset;

/**
 * An import that has its turn.
 *
 * @param datasetId its dataset
 * @param importId its own id, from {@link RowIntake#nextImport}
 * @param version number of the version it makes, if it changes anything
 * @param taken how many rows it took already, from its first one; more than 0 where it goes on
 */
public record Intake(long datasetId, long importId, int version, long taken) {}
