package org.mlxspring.autoconfigure.dataset;

/**
 * How a version differs from another one of its dataset.
 *
 * @param from number of the other version
 * @param to number of this version
 * @param added rows of this version that the other one does not have
 * @param removed rows of the other version that this one does not have
 * @param changed rows of the same id in their source that are in both, with another content or split; they are neither
 *     added nor removed
 */
public record VersionDifference(int from, int to, long added, long removed, long changed) {}
