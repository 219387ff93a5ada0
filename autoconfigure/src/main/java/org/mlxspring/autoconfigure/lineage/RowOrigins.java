package org.mlxspring.autoconfigure.lineage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows without their content, and the versions and imports that they belong to, by SQL. */
final class RowOrigins {

    /** A row is in a version from its first to its last one; parameters: dataset, version, version. */
    private static final String IN_VERSION =
            "from mlx_rows where dataset_id = ? and first_version <= ? and (last_version is null or last_version >= ?)";

    private static final String IMPORT = "i.id, i.source, t.mode, t.created_by, i.created_at";

    private final JdbcClient jdbc;

    RowOrigins(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param addedAt when it was added; null once it is erased
     * @param erasure its erasure; null while there is none
     */
    record Row(
            long datasetId,
            String split,
            int first,
            int last,
            @Nullable Instant addedAt,
            @Nullable Long importId,
            RowLineage.@Nullable RowErased erasure) {}

    /** A version of a row's dataset. */
    record Version(long id, long datasetId, int number) {}

    /** A row that is there, or that was and is erased. */
    Optional<Row> row(String dataset, long id) {
        Optional<RowLineage.RowErased> erasure = erasure(dataset, id);
        return jdbc.sql("""
                        select r.dataset_id, r.split, r.first_version, r.last_version, r.added_at, r.import_id
                        from mlx_rows r join mlx_datasets d on d.id = r.dataset_id
                        where d.name = ? and r.id = ?""")
                .params(dataset, id)
                .query((row, number) -> new Row(
                        row.getLong("dataset_id"),
                        row.getString("split"),
                        row.getInt("first_version"),
                        last(row),
                        RunTable.time(row, "added_at"),
                        row.getLong("import_id"),
                        erasure.orElse(null)))
                .optional()
                .or(() -> erased(dataset, id, erasure));
    }

    /** The versions of a dataset that hold, or held, a row. */
    List<Version> versions(Row row) {
        return jdbc.sql("""
                        select id, dataset_id, version from mlx_dataset_versions
                        where dataset_id = ? and version between ? and ? order by version""")
                .params(row.datasetId(), row.first(), row.last())
                .query(RowOrigins::version)
                .list();
    }

    /** The import that a row came with. */
    ImportUse importOf(long importId) {
        return jdbc.sql("select 1 as amount, " + IMPORT + """
                         from mlx_dataset_intakes t left join mlx_imports i on i.intake_id = t.import_id
                        where t.import_id = ?""")
                .param(importId)
                .query(RowOrigins::importUse)
                .optional()
                .orElse(new ImportUse(null, null, "", "", null, 1));
    }

    /** The imports that rows of a version came with, the newest first. */
    private List<ImportUse> imports(Version version) {
        return jdbc.sql("select r.amount, " + IMPORT + " from (select import_id, count(*) as amount " + IN_VERSION
                        + """
                         group by import_id) r
                        left join mlx_dataset_intakes t on t.import_id = r.import_id
                        left join mlx_imports i on i.intake_id = t.import_id
                        order by r.import_id desc""")
                .params(version.datasetId(), version.number(), version.number())
                .query(RowOrigins::importUse)
                .list();
    }

    /** The version of a run, with its former hashes and the imports of its rows. */
    DataLineage data(long versionId) {
        List<DataLineage.FormerHash> hashes = jdbc.sql("""
                        select hash, rows_erased, erasure_id, replaced_at from mlx_dataset_version_hashes
                        where version_id = ? order by erasure_id desc""")
                .param(versionId)
                .query((row, number) -> new DataLineage.FormerHash(
                        row.getString("hash"),
                        row.getInt("rows_erased"),
                        row.getLong("erasure_id"),
                        row.getObject("replaced_at", OffsetDateTime.class).toInstant()))
                .list();
        List<ImportUse> imports = imports(version(versionId));
        return jdbc.sql("""
                        select d.name, v.version, v.hash, v.train_rows, v.valid_rows, v.test_rows, v.erased_rows,
                               v.created_at, v.created_by
                        from mlx_dataset_versions v join mlx_datasets d on d.id = v.dataset_id where v.id = ?""")
                .param(versionId)
                .query((row, number) -> new DataLineage(
                        row.getString("name"),
                        row.getInt("version"),
                        row.getString("hash"),
                        row.getInt("train_rows"),
                        row.getInt("valid_rows"),
                        row.getInt("test_rows"),
                        row.getInt("erased_rows"),
                        hashes,
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getString("created_by"),
                        imports))
                .single();
    }

    /** How many rows a version has. */
    long count(long versionId) {
        Version version = version(versionId);
        return jdbc.sql("select count(*) " + IN_VERSION)
                .params(version.datasetId(), version.number(), version.number())
                .query(Long.class)
                .single();
    }

    /** Rows of a version in the order of their ids; H2 follows the index only where its columns are all named. */
    List<RowOrigin> origins(long versionId, long offset, int limit) {
        Version version = version(versionId);
        return jdbc.sql("select id, split, import_id, added_at " + IN_VERSION
                        + " order by dataset_id, id offset ? rows fetch next ? rows only")
                .params(version.datasetId(), version.number(), version.number(), offset, limit)
                .query((row, number) -> new RowOrigin(
                        row.getLong("id"),
                        row.getString("split"),
                        row.getLong("import_id"),
                        row.getObject("added_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private Version version(long id) {
        return jdbc.sql("select id, dataset_id, version from mlx_dataset_versions where id = ?")
                .param(id)
                .query(RowOrigins::version)
                .single();
    }

    private Optional<RowLineage.RowErased> erasure(String dataset, long id) {
        return jdbc.sql("""
                        select e.erasure_id, e.erased_at
                        from mlx_erasure_rows e join mlx_datasets d on d.id = e.dataset_id
                        where d.name = ? and e.row_id = ?
                        order by e.erasure_id fetch first 1 rows only""")
                .params(dataset, id)
                .query((row, number) ->
                        new RowLineage.RowErased(row.getLong("erasure_id"), RunTable.time(row, "erased_at")))
                .optional();
    }

    private Optional<Row> erased(String dataset, long id, Optional<RowLineage.RowErased> erasure) {
        return erasure.flatMap(found -> jdbc.sql("""
                        select e.dataset_id, e.split, e.first_version, e.last_version
                        from mlx_erasure_rows e join mlx_datasets d on d.id = e.dataset_id
                        where d.name = ? and e.row_id = ? and e.erasure_id = ?""")
                .params(dataset, id, found.id())
                .query((row, number) -> new Row(
                        row.getLong("dataset_id"),
                        row.getString("split"),
                        row.getInt("first_version"),
                        last(row),
                        null,
                        null,
                        found))
                .optional());
    }

    private static Version version(ResultSet row, int number) throws SQLException {
        return new Version(row.getLong("id"), row.getLong("dataset_id"), row.getInt("version"));
    }

    /** Rows that were moved from before there were imports have none. */
    private static ImportUse importUse(ResultSet row, int number) throws SQLException {
        return new ImportUse(
                row.getObject("id", Long.class),
                row.getString("source"),
                Objects.requireNonNullElse(row.getString("mode"), ""),
                Objects.requireNonNullElse(row.getString("created_by"), ""),
                RunTable.time(row, "created_at"),
                row.getLong("amount"));
    }

    private static int last(ResultSet row) throws SQLException {
        int last = row.getInt("last_version");
        return row.wasNull() ? Integer.MAX_VALUE : last;
    }
}
