package org.mlxspring.autoconfigure.check;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The tables of reports and findings. Joins the caller's transaction. */
final class ReportStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BATCH = 1000;
    private static final String OF_CHECK_AND_ROW =
            " from mlx_findings where version_id = :version and (:anyCheck or check_name = :check)"
                    + " and (:anyRow or row_id = :row or other_row_id = :row)";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ReportStore(MlxDatabase database) {
        jdbc = database.jdbc();
        batches = new JdbcTemplate(database.dataSource());
    }

    /** The version of this key. */
    CheckedVersion version(long id) {
        return jdbc.sql("select v.dataset_id, d.name, v.version, v.train_rows + v.valid_rows + v.test_rows"
                        + " from mlx_dataset_versions v join mlx_datasets d on d.id = v.dataset_id where v.id = ?")
                .param(id)
                .query((row, number) ->
                        new CheckedVersion(id, row.getLong(1), row.getString(2), row.getInt(3), row.getLong(4)))
                .single();
    }

    /** Writes a version's report and findings in the place of those that are there; a release stays. */
    void write(long version, VersionReport report, List<CheckFinding> findings) {
        jdbc.sql("delete from mlx_findings where version_id = ?").param(version).update();
        String json = JSON.writeValueAsString(report.releasedBy(null));
        int updated = jdbc.sql("update mlx_version_reports set report = :report, blocked = :blocked,"
                        + " made_at = :madeAt where version_id = :version")
                .param("report", json)
                .param("blocked", report.blocked())
                .param("madeAt", report.madeAt().atOffset(ZoneOffset.UTC))
                .param("version", version)
                .update();
        if (updated == 0) {
            jdbc.sql("insert into mlx_version_reports (version_id, report, blocked, made_at)"
                            + " values (:version, :report, :blocked, :madeAt)")
                    .param("report", json)
                    .param("blocked", report.blocked())
                    .param("madeAt", report.madeAt().atOffset(ZoneOffset.UTC))
                    .param("version", version)
                    .update();
        }
        batches.batchUpdate(
                "insert into mlx_findings (version_id, check_name, row_id, other_row_id, similarity, detail)"
                        + " values (?, ?, ?, ?, ?, ?)",
                findings,
                BATCH,
                (statement, finding) -> {
                    statement.setLong(1, version);
                    statement.setString(2, finding.check().name());
                    statement.setObject(3, finding.row(), Types.BIGINT);
                    statement.setObject(4, finding.otherRow(), Types.BIGINT);
                    statement.setObject(5, finding.similarity(), Types.DOUBLE);
                    statement.setString(6, finding.detail());
                });
    }

    /** The report of a version; empty when none was made. */
    Optional<VersionReport> find(long version) {
        return jdbc.sql("select report, released_at, released_by, released_reason from mlx_version_reports"
                        + " where version_id = ?")
                .param(version)
                .query((row, number) ->
                        JSON.readValue(row.getString(1), VersionReport.class).releasedBy(release(row)))
                .optional();
    }

    /** Notes a release; false when the version is not blocked or was released before. */
    boolean release(long version, VersionRelease release) {
        return jdbc.sql("update mlx_version_reports set released_at = :at, released_by = :by, released_reason = :reason"
                                + " where version_id = :version and blocked and released_at is null")
                        .param("at", release.at().atOffset(ZoneOffset.UTC))
                        .param("by", release.by())
                        .param("reason", release.reason())
                        .param("version", version)
                        .update()
                == 1;
    }

    /** The findings of a version check by check; null means any check, any row. */
    Page<CheckFinding> findings(long version, @Nullable CheckName check, @Nullable Long row, Pageable page) {
        long all = selection("select count(*)" + OF_CHECK_AND_ROW, version, check, row)
                .query(Long.class)
                .single();
        List<CheckFinding> content = selection(
                        "select check_name, row_id, other_row_id, similarity, detail" + OF_CHECK_AND_ROW
                                + " order by version_id, id limit :limit offset :offset",
                        version,
                        check,
                        row)
                .param("limit", page.getPageSize())
                .param("offset", page.getOffset())
                .query((found, number) -> finding(found))
                .list();
        return new PageImpl<>(content, page, all);
    }

    /** Tells every finding of a version, check by check; they are not all held in memory. */
    void each(long version, Consumer<CheckFinding> sink) {
        long last = 0;
        for (List<Numbered> some = after(version, last); !some.isEmpty(); some = after(version, last)) {
            some.forEach(each -> sink.accept(each.finding()));
            last = some.getLast().id();
        }
    }

    private List<Numbered> after(long version, long id) {
        return jdbc.sql("select check_name, row_id, other_row_id, similarity, detail, id from mlx_findings"
                        + " where version_id = ? and id > ? order by version_id, id limit " + BATCH)
                .params(version, id)
                .query((row, number) -> new Numbered(row.getLong(6), finding(row)))
                .list();
    }

    private record Numbered(long id, CheckFinding finding) {}

    private JdbcClient.StatementSpec selection(
            String sql, long version, @Nullable CheckName check, @Nullable Long row) {
        return jdbc.sql(sql)
                .param("version", version)
                .param("anyCheck", check == null)
                .param("check", check == null ? "" : check.name())
                .param("anyRow", row == null)
                .param("row", row == null ? 0L : row);
    }

    private static CheckFinding finding(ResultSet row) throws SQLException {
        return new CheckFinding(
                CheckName.valueOf(row.getString(1)),
                row.getObject(2, Long.class),
                row.getObject(3, Long.class),
                row.getObject(4, Double.class),
                row.getString(5));
    }

    private static @Nullable VersionRelease release(ResultSet row) throws SQLException {
        Timestamp at = row.getTimestamp(2);
        return at == null ? null : new VersionRelease(at.toInstant(), row.getString(3), row.getString(4));
    }
}
