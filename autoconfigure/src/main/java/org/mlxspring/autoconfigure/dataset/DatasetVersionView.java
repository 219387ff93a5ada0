package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset version: its rows never change, except that some may be erased.
 *
 * @param dataset name of its dataset
 * @param version its number, from 1
 * @param hash SHA-256 of its rows, in hexadecimal
 * @param trainRows rows of the training split
 * @param validRows rows of the validation split
 * @param testRows rows of the test split
 * @param kind {@code ANSWER} for rows with one answer, {@code PREFERENCE} for {@code train_mode} {@code dpo} and {@code
 *     orpo}; null where it was not noted
 * @param state {@code BUILDING} while it is checked, then {@code READY}, or {@code BLOCKED} where a check found what must
 *     not be trained on
 * @param note what somebody wrote about it
 * @param tags the names that are on it
 * @param erasedRows how many of its rows were erased since
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
        VersionState state,
        String note,
        List<String> tags,
        int erasedRows,
        Instant createdAt,
        String createdBy) {}
