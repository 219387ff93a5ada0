package org.mlxspring.autoconfigure.dataset;

/** What an import means for the rows that are there. */
public enum IntakeMode {
    /** What comes in is all there is: rows that are not among it are not in the new version. */
    REPLACE,
    /** What comes in is added: rows that are there stay. */
    APPEND
}
