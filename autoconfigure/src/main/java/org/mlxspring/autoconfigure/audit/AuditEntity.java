package org.mlxspring.autoconfigure.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A line of the log; has no method that changes it. */
@Entity(name = "MlxAudit")
@Table(name = "mlx_audit")
class AuditEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "recorded_at")
    private Instant at = Instant.EPOCH;

    private String actor = "";

    @Enumerated(EnumType.STRING)
    private AuditAction action = AuditAction.ROWS_READ;

    private String dataset = "";
    private @Nullable Integer version;
    private @Nullable Long rowId;
    private long rowCount;
    private String detail = "";

    protected AuditEntity() {}

    AuditEntity(AuditEntry entry, Instant at) {
        this.at = at;
        this.actor = cut(entry.actor(), 200);
        this.action = entry.action();
        this.dataset = entry.dataset();
        this.version = entry.version().orElse(null);
        this.rowId = entry.row().orElse(null);
        this.rowCount = entry.rows();
        this.detail = cut(entry.detail(), 1000);
    }

    AuditView view() {
        return new AuditView(Objects.requireNonNull(id), at, actor, action, dataset, version, rowId, rowCount, detail);
    }

    /** A line that is too long must not undo what it tells about. */
    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
