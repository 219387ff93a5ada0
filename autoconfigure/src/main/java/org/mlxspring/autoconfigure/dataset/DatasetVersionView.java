package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dataset version: it never changes.
 *
 * @param dataset name of its dataset
 * @param version its number, from 1
 * @param hash SHA-256 of the rows it was made from, in hexadecimal
 * @param trainRows rows of the training split
 * @param validRows rows of the validation split
 * @param testRows rows of the test split
 * @param kind {@code ANSWER} for rows with one answer, {@code PREFERENCE} for {@code train_mode} {@code dpo} and {@code
 *     orpo}; null where it was not noted
 * @param createdAt when it was made
 * @param createdBy who made it
 */
public record DatasetVersionView(
        String dataset,
        int version,
        String hash,
        int trainRows,
        int validRows,
        int testRows,
        @Nullable RowKind kind,
        Instant createdAt,
        String createdBy) {}
