package org.mlxspring.autoconfigure.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.mlxspring.autoconfigure.database.Filter;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.domain.Specification;

/** The audit log in the database. Lines are added and read; only {@link #expire} removes any, and nothing changes one. */
public class AuditTrail implements AuditLog {

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
        return lines.findAll(wanted(filter), page).map(AuditEntity::view);
    }

    private static Specification<AuditEntity> wanted(AuditFilter filter) {
        Instant from = filter.from();
        Instant to = filter.to();
        Specification<AuditEntity> since = from == null
                ? Specification.unrestricted()
                : (line, query, criteria) -> criteria.greaterThanOrEqualTo(line.get("at"), from);
        Specification<AuditEntity> before = to == null
                ? Specification.unrestricted()
                : (line, query, criteria) -> criteria.lessThan(line.get("at"), to);
        return Specification.allOf(
                Filter.equal("actor", filter.actor()),
                Filter.equal("action", filter.action()),
                Filter.equal("dataset", filter.dataset()),
                Filter.equal("rowId", filter.row()),
                since,
                before);
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
