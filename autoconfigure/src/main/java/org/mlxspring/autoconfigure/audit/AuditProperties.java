package org.mlxspring.autoconfigure.audit;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long the audit log is kept.
 *
 * @param keepFor Age at which the nightly clean-up removes lines of the audit log, for example 730d. Without it the log
 *     is kept for ever.
 */
@ConfigurationProperties("mlx.audit")
public record AuditProperties(@Nullable Duration keepFor) {

    public AuditProperties {
        if (keepFor != null && keepFor.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("mlx.audit.keep-for is " + keepFor + "; it must be at least 1d.");
        }
    }

    /** The age at which lines are removed; empty for never. */
    public Optional<Duration> limit() {
        return Optional.ofNullable(keepFor);
    }
}
