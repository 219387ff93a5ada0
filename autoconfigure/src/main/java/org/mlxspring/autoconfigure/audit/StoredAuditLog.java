package org.mlxspring.autoconfigure.audit;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The audit log as a table, which lines are only added to. */
final class StoredAuditLog implements AuditLog {

    private final JdbcClient jdbc;

    StoredAuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void record(AuditEntry entry) {
        jdbc.sql("""
                        insert into mlx_audit (at, actor, action, dataset, version, row_id, row_count, detail)
                        values (:at, :actor, :action, :dataset, :version, :row, :rows, :detail)""")
                .param("at", OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS))
                .param("actor", entry.actor())
                .param("action", entry.action().name())
                .param("dataset", entry.dataset())
                .param("version", entry.version().orElse(null))
                .param("row", entry.row().orElse(null))
                .param("rows", entry.rows())
                .param("detail", entry.detail())
                .update();
    }
}
