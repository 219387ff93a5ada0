package org.mlxspring.autoconfigure.audit;

/** What the audit log tells of. */
public enum AuditAction {
    /** Text of stored rows was shown. */
    ROWS_READ,
    /** Text of rows that an import refused was shown. */
    ROW_REFUSED_READ,
    /** An import brought rows in. */
    ROWS_ADDED,
    /** Rows left every version of their dataset. */
    ROWS_ERASED,
    /** Imports may bring again what was erased. */
    KEEP_OUT_LIFTED,
    /** A dataset's description or settings changed. */
    DATASET_CHANGED,
    /** A version's note or tags changed. */
    VERSION_CHANGED,
    /** Keys were replaced. */
    KEYS_ROTATED,
    /** Redaction rules were tried on a text. */
    REDACTION_TRIED,
    /** Model versions were taken out of serving. */
    MODEL_WITHDRAWN,
    /** The clean-up removed what was kept long enough. */
    CLEANED_UP
}
