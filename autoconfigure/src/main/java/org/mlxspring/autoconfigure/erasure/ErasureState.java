package org.mlxspring.autoconfigure.erasure;

/** How far an erasure is. It goes through these in order; interrupted, it begins the one it was in again. */
public enum ErasureState {
    /** Waits for its turn. */
    QUEUED,
    /** Runs on the versions that hold the rows are asked to stop, and waited for. */
    STOPPING_RUNS,
    /** The rows leave the database, and their versions get new hashes. */
    ERASING_ROWS,
    /** The rows leave token stores, files of runs, refused rows, findings and uploads. */
    ERASING_COPIES,
    /** Model versions are withdrawn and adapters trained again, where that is configured. */
    FOLLOWING_UP,
    /** Everything is looked at again. */
    VERIFYING,
    /** It is done, and what was looked at holds none of the rows. */
    DONE;

    /** Whether it has ended. */
    public boolean over() {
        return this == DONE;
    }
}
