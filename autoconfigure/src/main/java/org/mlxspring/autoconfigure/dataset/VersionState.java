package org.mlxspring.autoconfigure.dataset;

/** How far a version is. */
public enum VersionState {
    /** Its rows are there and are being checked. */
    BUILDING,
    /** Runs may use it. */
    READY,
    /** A check found what must not be trained on; its report says what. */
    BLOCKED
}
