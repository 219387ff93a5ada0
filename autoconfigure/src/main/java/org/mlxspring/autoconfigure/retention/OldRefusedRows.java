package org.mlxspring.autoconfigure.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mlxspring.autoconfigure.source.Imports;

/** Rows that imports refused, with their text. */
final class OldRefusedRows implements CleanUpPart {

    private final Imports imports;
    private final Duration age;

    OldRefusedRows(Imports imports, Duration age) {
        this.imports = imports;
        this.age = age;
    }

    @Override
    public List<Removed> clean(long id, Instant now, boolean dry) {
        Instant limit = now.minus(age);
        return List.of(new Removed(
                "refused rows", dry ? imports.refusedBefore(limit) : imports.removeRefusedBefore(limit), 0));
    }
}
