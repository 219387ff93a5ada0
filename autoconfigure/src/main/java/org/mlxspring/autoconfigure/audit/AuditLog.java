package org.mlxspring.autoconfigure.audit;

/** Keeps who did what with rows. */
public interface AuditLog {

    /** Writes a line; in the transaction of the caller where there is one, so that both are there or neither. */
    void record(AuditEntry entry);
}
