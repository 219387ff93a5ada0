package org.mlxspring.autoconfigure.lineage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An import that rows came with.
 *
 * @param id the import; null where an application added the rows by itself, or before there were imports
 * @param source name of the source; null for what was sent
 * @param mode {@code REPLACE} where it was the whole content, {@code APPEND} where it came on top
 * @param startedBy who asked for it
 * @param createdAt when it was asked for; null where {@code id} is
 * @param rows how many of the rows in question it brought
 */
public record ImportUse(
        @Nullable Long id,
        @Nullable String source,
        String mode,
        String startedBy,
        @Nullable Instant createdAt,
        long rows) {}
