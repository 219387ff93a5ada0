package org.mlxspring.autoconfigure.dataset;

/**
 * What became of the rows of a chunk.
 *
 * @param added rows that were not there
 * @param kept rows that were there already
 * @param changed rows that took the place of one with the same key
 */
public record IntakeCounts(int added, int kept, int changed) {}
