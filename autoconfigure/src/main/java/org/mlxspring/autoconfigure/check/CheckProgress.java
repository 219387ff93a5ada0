package org.mlxspring.autoconfigure.check;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log how far a long check is. */
final class CheckProgress {

    private static final Logger LOG = LoggerFactory.getLogger(CheckProgress.class);
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final CheckedVersion version;
    private long rows;
    private long told = System.nanoTime();

    CheckProgress(CheckedVersion version) {
        this.version = version;
    }

    /** Counts rows that were looked at. */
    void add(int count) {
        rows += count;
        long now = System.nanoTime();
        if (now - told > PAUSE) {
            told = now;
            LOG.info(
                    "Dataset {} version {}: {} of {} rows were checked.",
                    version.dataset(),
                    version.number(),
                    rows,
                    version.rows());
        }
    }
}
