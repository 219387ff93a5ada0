package org.mlxspring.autoconfigure.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mlxspring.autoconfigure.source.ImportHistory;

/** Imports that ended long ago and left nothing that is still there, with the rows that they refused. */
final class OldImports implements CleanUpPart {

    private final ImportHistory imports;
    private final Duration age;

    OldImports(ImportHistory imports, Duration age) {
        this.imports = imports;
        this.age = age;
    }

    @Override
    public List<Removed> clean(long id, Instant now, boolean dry) {
        Instant limit = now.minus(age);
        return List.of(
                new Removed("imports", dry ? imports.countEndedBefore(limit) : imports.removeEndedBefore(limit), 0));
    }
}
