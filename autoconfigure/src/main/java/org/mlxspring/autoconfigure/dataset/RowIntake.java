package org.mlxspring.autoconfigure.dataset;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;

/**
 * How rows get into a dataset: begin once, add chunk by chunk, finish. Each call is one transaction, or part of that of
 * its caller. One import per dataset has its turn at a time, the others wait. It can be broken off anywhere: whoever
 * begins with the same import id goes on.
 */
public class RowIntake {

    /** Most bytes of a row in UTF-8. */
    public static final int LARGEST = 1_000_000;

    RowIntake() {}

    /** The id of a new import. */
    public long nextImport() {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits until the import has its turn; makes the dataset if there is none. Not inside a transaction.
     *
     * @param dataset name of the dataset
     * @param importId from {@link #nextImport}; the same to go on
     * @param drawn the splits besides {@code TRAIN} that rows without a split of their own are drawn for, 10 % each:
     *     {@code VALID} and {@code TEST}, without those that the source fills itself
     * @param user who adds the rows
     * @throws ProblemException if the name is unusable, the import was given up, or its turn does not come in time
     */
    public Intake begin(String dataset, long importId, IntakeMode mode, Set<Split> drawn, String user) {
        throw new UnsupportedOperationException();
    }

    /** As above, with {@code VALID} and {@code TEST} drawn. */
    public Intake begin(String dataset, long importId, IntakeMode mode, String user) {
        return begin(dataset, importId, mode, EnumSet.of(Split.VALID, Split.TEST), user);
    }

    /**
     * Adds a chunk. Rows that the import took before are left out, so that a chunk can be given again.
     *
     * @param from position of the first of the rows in the import, from 0
     * @param rows a few hundred to a few thousand
     * @throws ProblemException if a row is too large or of another kind than the rows before it, by its position; or if
     *     the import was given up
     */
    public IntakeCounts add(Intake intake, long from, List<NewRow> rows) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends the import.
     *
     * @return the new version, {@link VersionState#BUILDING}; or the one with the same rows that was there
     * @throws ProblemException if there is no row at all; or, of {@link IntakeMode#REPLACE}, none for one of the splits
     */
    public DatasetVersion finish(Intake intake) {
        throw new UnsupportedOperationException();
    }

    /** Takes back all that the import did, and gives its turn to the next. */
    public void abandon(Intake intake) {
        throw new UnsupportedOperationException();
    }

    /** Ends the building of a version: runs may use it, or it is blocked. */
    public void ready(long versionId, boolean blocked) {
        throw new UnsupportedOperationException();
    }
}
