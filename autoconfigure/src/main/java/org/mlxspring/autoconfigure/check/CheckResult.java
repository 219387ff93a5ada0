package org.mlxspring.autoconfigure.check;

import org.jspecify.annotations.Nullable;

/**
 * What one check found in a version.
 *
 * @param check what was looked for
 * @param severity what its findings mean, by {@code mlx.datasets.checks.blocking}
 * @param findings how many there are
 * @param kept how many of them can be listed, by {@code mlx.datasets.checks.max-findings}
 * @param notMade why the check was not made; null when it was
 */
public record CheckResult(
        CheckName check,
        Severity severity,
        long findings,
        int kept,
        @Nullable String notMade) {

    boolean blocks() {
        return severity == Severity.BLOCKING && findings > 0;
    }
}
