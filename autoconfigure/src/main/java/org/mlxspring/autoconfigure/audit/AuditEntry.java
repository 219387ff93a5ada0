package org.mlxspring.autoconfigure.audit;

import java.util.Optional;

/**
 * One line of the audit log. It never holds text of a row.
 *
 * @param actor name of the user, or of what acted by itself, such as a schedule
 * @param action what was done
 * @param dataset name of the dataset; empty where it concerns none or all
 * @param version number of the dataset version, where it concerns one
 * @param row id of the row, where it concerns one
 * @param rows how many rows it concerns
 * @param detail what else there is to know, in words
 */
public record AuditEntry(
        String actor,
        AuditAction action,
        String dataset,
        Optional<Integer> version,
        Optional<Long> row,
        long rows,
        String detail) {}
