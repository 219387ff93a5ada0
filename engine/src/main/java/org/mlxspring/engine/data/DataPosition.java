package org.mlxspring.engine.data;

/**
 * Where a {@link BatchIterator} stands, to go on from there after a restart. The random generator is saved apart.
 *
 * @param epoch epochs finished before the current one
 * @param batchInEpoch batches of the current epoch already given out
 * @param permutation order of the current epoch's full batches; empty before the first batch
 */
public record DataPosition(int epoch, int batchInEpoch, int[] permutation) {}
