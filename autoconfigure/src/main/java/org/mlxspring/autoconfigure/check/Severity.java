package org.mlxspring.autoconfigure.check;

/** What a finding means for its version. */
public enum Severity {
    /** Runs refuse the version. */
    BLOCKING,
    /** It is told, and nothing else. */
    WARNING
}
