package org.mlxspring.autoconfigure.dataset;

/** What may have happened to a row between two versions. */
public enum RowChange {
    ADDED,
    REMOVED,
    CHANGED
}
