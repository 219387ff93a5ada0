package org.mlxspring.autoconfigure.security;

/** What is granted by itself, beside the roles, because it concerns the text of rows. Who has one may also read, as a VIEWER does. */
public enum Right implements Permission {
    /** Reads the text of rows. No role has it, not even ADMIN, and every use of it is in the audit log. */
    READ_ROWS,
    /** Erases rows, or all that belongs to a subject. ADMIN has it too. */
    ERASE_ROWS
}
