package org.mlxspring.autoconfigure.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the audit log.
 *
 * @param id its number; later lines have larger ones
 * @param at when it was written
 * @param actor who did it: a user's name in the application, or the schedule or job that did it by itself
 * @param action what was done
 * @param dataset name of the dataset; empty where it concerns none
 * @param version version of the dataset; null where it concerns none
 * @param row id of the row; null where it concerns several, or none
 * @param rows how many rows it concerns
 * @param detail what else there is to say, such as the filter of a search; never text of a row
 */
public record AuditView(
        long id,
        Instant at,
        String actor,
        AuditAction action,
        String dataset,
        @Nullable Integer version,
        @Nullable Long row,
        long rows,
        String detail) {}
