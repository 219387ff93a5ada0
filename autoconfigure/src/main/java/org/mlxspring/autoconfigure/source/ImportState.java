package org.mlxspring.autoconfigure.source;

/** How far an import is. */
public enum ImportState {
    /** Waits for its turn: imports of one dataset run one after the other. */
    QUEUED,
    /** Reads rows. */
    RUNNING,
    /** Its rows are in the dataset. */
    SUCCEEDED,
    /** It could not go on; its reason says why. */
    FAILED,
    /** Somebody stopped it; a restart goes on. */
    STOPPED;

    /** Whether it has come to an end, with or without success. */
    public boolean over() {
        return this == SUCCEEDED || this == FAILED || this == STOPPED;
    }
}
