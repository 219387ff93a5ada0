package org.mlxspring.autoconfigure.source;

/** What an import reads. */
public enum ImportKind {
    /** A file that was sent. */
    UPLOAD,
    /** Rows that were sent one by one. */
    ROWS,
    /** A source: a folder, a query or a bean of the application. */
    SOURCE
}
