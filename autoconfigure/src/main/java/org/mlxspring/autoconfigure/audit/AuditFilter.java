package org.mlxspring.autoconfigure.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the audit log are wanted.
 *
 * @param actor only what this user did; null for all
 * @param action only this action; null for all
 * @param dataset only this dataset; null for all
 * @param row only lines about this one row; null for all
 * @param from not before this time, as {@code 2026-11-21T00:00:00Z}; null for any
 * @param to before this time; null for any
 */
public record AuditFilter(
        @Nullable String actor,
        @Nullable AuditAction action,
        @Nullable String dataset,
        @Nullable Long row,
        @Nullable Instant from,
        @Nullable Instant to) {}
