package org.mlxspring.autoconfigure.retention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clean-up and what it removed.
 *
 * @param id its id
 * @param startedBy who started it; {@code clock} where it started by itself
 * @param startedAt when it was started
 * @param endedAt when it ended; null before
 * @param dry whether it removes nothing and only says what it would
 * @param problem why parts of it failed; null where none did
 * @param removed what it removed, or would
 */
public record CleanUpView(
        long id,
        String startedBy,
        Instant startedAt,
        @Nullable Instant endedAt,
        boolean dry,
        @Nullable String problem,
        List<Removed> removed) {

    public CleanUpView {
        removed = List.copyOf(removed);
    }
}
