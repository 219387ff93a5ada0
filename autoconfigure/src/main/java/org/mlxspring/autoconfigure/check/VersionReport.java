package org.mlxspring.autoconfigure.check;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the checks say of a dataset version. Nothing of a row's text is in it.
 *
 * @param dataset name of the dataset
 * @param version number of the version
 * @param madeAt when the checks were made
 * @param rows how many rows there were
 * @param blocked whether something was found that blocks the version
 * @param release who released it all the same; null when nobody did
 * @param checks what each check found
 * @param lengths how long the rows are
 * @param scripts the scripts that they are written in, the most frequent first
 * @param personalData rows by the type of personal data or secret that was found in them
 * @param settings what the checks went by
 */
public record VersionReport(
        String dataset,
        int version,
        Instant madeAt,
        long rows,
        boolean blocked,
        @Nullable VersionRelease release,
        List<CheckResult> checks,
        LengthHistogram lengths,
        List<ScriptShare> scripts,
        Map<String, Long> personalData,
        CheckSettings settings) {

    VersionReport releasedBy(@Nullable VersionRelease released) {
        return new VersionReport(
                dataset, version, madeAt, rows, blocked, released, checks, lengths, scripts, personalData, settings);
    }

    /** Whether runs may use the version. */
    boolean open() {
        return !blocked || release != null;
    }
}
