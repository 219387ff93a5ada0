package org.mlxspring.autoconfigure.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mlxspring.autoconfigure.source.Refusals;

/** Rows that imports refused, with their text. */
final class OldRefusedRows implements CleanUpPart {

    private final Refusals refusals;
    private final Duration age;

    OldRefusedRows(Refusals refusals, Duration age) {
        this.refusals = refusals;
        this.age = age;
    }

    @Override
    public List<Removed> clean(long id, Instant now, boolean dry) {
        Instant limit = now.minus(age);
        return List.of(
                new Removed("refused rows", dry ? refusals.countBefore(limit) : refusals.removeBefore(limit), 0));
    }
}
