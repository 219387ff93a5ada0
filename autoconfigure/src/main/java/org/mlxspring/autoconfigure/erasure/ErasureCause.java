package org.mlxspring.autoconfigure.erasure;

/** Why rows are erased. */
public enum ErasureCause {
    /** Somebody asked for it. */
    REQUEST,
    /** Their time is over. */
    RETENTION
}
