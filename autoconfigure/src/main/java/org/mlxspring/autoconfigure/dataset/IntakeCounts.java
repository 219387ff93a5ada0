package org.mlxspring.autoconfigure.dataset;

/**
 * What became of the rows of a chunk.
 *
 * @param added rows that were not there
 * @param kept rows that were there already
 * @param changed rows that took the place of one with the same key
 * @param keptOut rows that stay out because they were erased before
 */
public record IntakeCounts(int added, int kept, int changed, int keptOut) {

    /** Where nothing was kept out. */
    public IntakeCounts(int added, int kept, int changed) {
        this(added, kept, changed, 0);
    }

    IntakeCounts withKeptOut(int rows) {
        return new IntakeCounts(added, kept, changed, rows);
    }
}
