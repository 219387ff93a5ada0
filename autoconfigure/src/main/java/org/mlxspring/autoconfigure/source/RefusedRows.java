package org.mlxspring.autoconfigure.source;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.RowSecrets;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.encryption.Sealed;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows that imports refused: where they stand and why in the clear, their text sealed. */
final class RefusedRows {

    /** What their text is sealed as. */
    static final String USE = "refused";

    private static final String BEFORE = "select id from mlx_imports where created_at < ?";

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    RefusedRows(MlxDatabase database) {
        jdbc = database.jdbc();
        template = new JdbcTemplate(database.dataSource());
    }

    void add(long datasetId, long importId, DatasetKeys keys, List<PreparedRow.Refused> rows) {
        RowSecrets secrets = new RowSecrets(keys);
        List<Object[]> values = rows.stream()
                .map(row -> {
                    Sealed text = keys.seal(row.text(), USE);
                    return new Object[] {
                        datasetId,
                        importId,
                        row.place().part(),
                        row.place().number(),
                        row.reason().substring(0, Math.min(1_000, row.reason().length())),
                        row.subject().map(secrets::subject).orElse(null),
                        text.keyNumber(),
                        text.bytes()
                    };
                })
                .toList();
        template.batchUpdate(
                "insert into mlx_refused_rows (dataset_id, import_id, part, line, reason, subject, key_number, content)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                values);
    }

    /** In the order they were read. */
    Page<RefusedRowView> list(long importId, Pageable page) {
        List<RefusedRowView> content = jdbc.sql("""
                        select id, part, line, reason from mlx_refused_rows where import_id = :import order by import_id, id
                        offset :offset rows fetch next :size rows only""")
                .param("import", importId)
                .param("offset", page.getOffset())
                .param("size", page.getPageSize())
                .query((row, number) -> new RefusedRowView(
                        row.getLong("id"), row.getString("part"), row.getLong("line"), row.getString("reason")))
                .list();
        long total = jdbc.sql("select count(*) from mlx_refused_rows where import_id = :import")
                .param("import", importId)
                .query(Long.class)
                .single();
        return new PageImpl<>(content, page, total);
    }

    /** One as it is kept. */
    record Kept(long datasetId, RefusedRowView view, Sealed text) {}

    Optional<Kept> find(long importId, long id) {
        return jdbc.sql("select * from mlx_refused_rows where import_id = :import and id = :id")
                .param("import", importId)
                .param("id", id)
                .query((row, number) -> new Kept(
                        row.getLong("dataset_id"),
                        new RefusedRowView(
                                row.getLong("id"), row.getString("part"), row.getLong("line"), row.getString("reason")),
                        new Sealed(row.getInt("key_number"), row.getBytes("content"))))
                .optional();
    }

    /** How many rows imports refused that began before this time. */
    long countBefore(Instant limit) {
        return jdbc.sql("select count(*) from mlx_refused_rows where import_id in (" + BEFORE + ")")
                .param(limit.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** Removes them; answers how many. */
    long removeBefore(Instant limit) {
        return jdbc.sql("delete from mlx_refused_rows where import_id in (" + BEFORE + ")")
                .param(limit.atOffset(ZoneOffset.UTC))
                .update();
    }

    void removeOf(long importId) {
        jdbc.sql("delete from mlx_refused_rows where import_id = :import")
                .param("import", importId)
                .update();
    }
}
