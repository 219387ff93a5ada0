package org.mlxspring.autoconfigure.erasure;

import org.jspecify.annotations.Nullable;

/**
 * What imports are to keep out no more: all that one erasure keeps out, or all that the erasures of a subject do.
 *
 * @param erasure id of the erasure; null with a subject
 * @param subject the key of the person or thing, as it was given to the erasures; null with an erasure
 * @param reason why, for the audit log; no personal data
 */
public record LiftRequest(
        @Nullable Long erasure,
        @Nullable String subject,
        @Nullable String reason) {

    /** What one erasure keeps out. */
    public static LiftRequest ofErasure(long erasure, String reason) {
        return new LiftRequest(erasure, null, reason);
    }

    /** What all erasures of a subject keep out, in every dataset. */
    public static LiftRequest ofSubject(String subject, String reason) {
        return new LiftRequest(null, subject, reason);
    }
}
