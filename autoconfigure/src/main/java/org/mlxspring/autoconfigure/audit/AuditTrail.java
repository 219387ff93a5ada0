package org.mlxspring.autoconfigure.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/** The audit log in the database. Lines are added and read; only {@link #expire} removes any, and nothing changes one. */
public class AuditTrail implements AuditLog {

    /** Where {@link Instant#MAX} would not fit a column. */
    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private final AuditRepository lines;

    AuditTrail(MlxDatabase database) {
        lines = database.repository(AuditRepository.class);
    }

    @Override
    public void record(AuditEntry entry) {
        lines.save(new AuditEntity(entry, now()));
    }

    /** Lines that fit the filter. */
    public Page<AuditView> find(AuditFilter filter, Pageable page) {
        return lines.find(
                        filter.actor(),
                        filter.action(),
                        filter.dataset(),
                        filter.row(),
                        Objects.requireNonNullElse(filter.from(), Instant.EPOCH),
                        Objects.requireNonNullElse(filter.to(), END_OF_TIME),
                        page)
                .map(AuditEntity::view);
    }

    /** How many lines were written before a time. */
    public long before(Instant limit) {
        return lines.countByAtBefore(limit);
    }

    /** Removes the lines that were written before a time; answers how many. */
    public long expire(Instant limit) {
        return lines.deleteBefore(limit);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
