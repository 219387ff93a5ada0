package org.mlxspring.autoconfigure.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.IntakeMode;

/**
 * An import as REST and Java callers see it; nothing of a row is in it.
 *
 * @param id its id
 * @param dataset name of the dataset
 * @param kind {@code UPLOAD} for a file that was sent, {@code ROWS} for single rows, {@code SOURCE} for a source
 * @param source name of the source; null for what was sent
 * @param mode {@code REPLACE} where the import is the whole content, {@code APPEND} where it comes on top
 * @param state {@code QUEUED}, {@code RUNNING}, {@code SUCCEEDED}, {@code FAILED} or {@code STOPPED}
 * @param reason why it failed or was stopped; null otherwise
 * @param skipLimit refused rows that it may have, as a number or a share of all rows
 * @param read rows read so far
 * @param added rows that were not there
 * @param kept rows that were there already
 * @param changed rows that took the place of an earlier one of the same id
 * @param refused rows that cannot be used
 * @param watermark how far the source was read; null without one, and before the end
 * @param version number of the version that has its rows; null before the end
 * @param createdAt when it was asked for
 * @param startedAt when it began; null before
 * @param endedAt when it ended; null before
 * @param createdBy who asked for it
 */
public record ImportView(
        long id,
        String dataset,
        ImportKind kind,
        @Nullable String source,
        IntakeMode mode,
        ImportState state,
        @Nullable String reason,
        String skipLimit,
        long read,
        long added,
        long kept,
        long changed,
        long refused,
        @Nullable String watermark,
        @Nullable Integer version,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String createdBy) {}
