package org.mlxspring.autoconfigure.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.audit.AuditProperties;
import org.mlxspring.autoconfigure.audit.AuditTrail;

/** Lines of the audit log, where {@code mlx.audit.keep-for} limits it. */
final class OldAuditLines implements CleanUpPart {

    private final AuditTrail trail;
    private final AuditProperties properties;

    OldAuditLines(AuditTrail trail, AuditProperties properties) {
        this.trail = trail;
        this.properties = properties;
    }

    @Override
    public List<Removed> clean(long id, Instant now, boolean dry) {
        Optional<Duration> age = properties.limit();
        if (age.isEmpty()) {
            return List.of();
        }
        Instant limit = now.minus(age.get());
        return List.of(new Removed("lines of the audit log", dry ? trail.before(limit) : trail.expire(limit), 0));
    }
}
