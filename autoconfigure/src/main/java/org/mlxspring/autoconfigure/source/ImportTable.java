package org.mlxspring.autoconfigure.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.IntakeCounts;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code mlx_imports}. */
final class ImportTable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_REASON = 2_000;
    private static final String OF_STATE_AND_SOURCE =
            " from mlx_imports where dataset = :dataset and (:anyState or state = :state)"
                    + " and (:anySource or source = :source)";

    private final JdbcClient jdbc;

    ImportTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(ImportPlan plan, ImportKind kind) {
        jdbc.sql("""
                        insert into mlx_imports (id, intake_id, dataset, kind, source, mode, state, settings, since,
                            attempt, created_at, created_by)
                        values (:id, :intake, :dataset, :kind, :source, :mode, 'QUEUED', :settings, :since, 0, :now, :user)
                        """)
                .param("id", plan.id())
                .param("intake", plan.intake())
                .param("dataset", plan.dataset())
                .param("kind", kind.name())
                .param("source", plan.source().orElse(null))
                .param("mode", plan.mode().name())
                .param("settings", JSON.writeValueAsString(plan.settings()))
                .param("since", plan.since().orElse(null))
                .param("now", now())
                .param("user", plan.user())
                .update();
    }

    Optional<ImportPlan> plan(long id) {
        return jdbc.sql("select * from mlx_imports where id = :id")
                .param("id", id)
                .query((row, number) -> new ImportPlan(
                        id,
                        row.getLong("intake_id"),
                        row.getString("dataset"),
                        Optional.ofNullable(row.getString("source")),
                        IntakeMode.valueOf(row.getString("mode")),
                        JSON.readValue(row.getString("settings"), ImportPlan.Settings.class),
                        Optional.ofNullable(row.getString("since")),
                        Optional.ofNullable(row.getObject("version_id", Long.class)),
                        row.getString("created_by")))
                .optional();
    }

    Optional<ImportView> view(long id) {
        return jdbc.sql("select * from mlx_imports where id = :id")
                .param("id", id)
                .query(ImportTable::view)
                .optional();
    }

    /** Imports of a dataset, the newest first; null means any state, any source. */
    Page<ImportView> list(String dataset, @Nullable ImportState state, @Nullable String source, Pageable page) {
        List<ImportView> content = selection(
                        "select *" + OF_STATE_AND_SOURCE + " order by dataset desc, id desc"
                                + " offset :offset rows fetch next :size rows only",
                        dataset,
                        state,
                        source)
                .param("offset", page.getOffset())
                .param("size", page.getPageSize())
                .query(ImportTable::view)
                .list();
        long total = selection("select count(*)" + OF_STATE_AND_SOURCE, dataset, state, source)
                .query(Long.class)
                .single();
        return new PageImpl<>(content, page, total);
    }

    /** Whether a dataset has had an import. */
    boolean any(String dataset) {
        return selection("select count(*)" + OF_STATE_AND_SOURCE, dataset, null, null)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private JdbcClient.StatementSpec selection(
            String sql, String dataset, @Nullable ImportState state, @Nullable String source) {
        return jdbc.sql(sql)
                .param("dataset", dataset)
                .param("anyState", state == null)
                .param("state", state == null ? "" : state.name())
                .param("anySource", source == null)
                .param("source", source == null ? "" : source);
    }

    /** The newest import of a source. */
    Optional<ImportView> lastOf(String source) {
        return jdbc.sql(
                        "select * from mlx_imports where source = :source order by source desc, id desc fetch first 1 rows only")
                .param("source", source)
                .query(ImportTable::view)
                .optional();
    }

    /** The oldest import of a dataset that waits. */
    Optional<Long> nextOf(String dataset) {
        return jdbc.sql("""
                        select min(id) from mlx_imports where dataset = :dataset and state = 'QUEUED'""").param("dataset", dataset).query(Long.class).optional();
    }

    boolean anyRunning(String dataset) {
        return jdbc.sql("select count(*) from mlx_imports where dataset = :dataset and state = 'RUNNING'")
                        .param("dataset", dataset)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Imports of a dataset that ended before their rows were in, and could go on. */
    List<ImportPlan> unfinished(String dataset) {
        return jdbc.sql("""
                        select id from mlx_imports
                        where dataset = :dataset and state in ('FAILED', 'STOPPED') and begun""").param("dataset", dataset).query(Long.class).list().stream()
                .map(this::plan)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Queues it again. */
    void queue(long id) {
        jdbc.sql("""
                        update mlx_imports set state = 'QUEUED', reason = null, ended_at = null, stop_requested = false,
                            attempt = attempt + 1 where id = :id""").param("id", id).update();
    }

    /** How often it was queued again; each time makes a task of its own. */
    int attempt(long id) {
        return jdbc.sql("select attempt from mlx_imports where id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    void run(long id) {
        jdbc.sql("""
                        update mlx_imports set state = 'RUNNING', started_at = coalesce(started_at, :now) where id = :id""").param("now", now()).param("id", id).update();
    }

    void end(long id, ImportState state, @Nullable String reason) {
        jdbc.sql("update mlx_imports set state = :state, reason = :reason, ended_at = :now where id = :id")
                .param("state", state.name())
                .param("reason", reason == null ? null : reason.substring(0, Math.min(LONGEST_REASON, reason.length())))
                .param("now", now())
                .param("id", id)
                .update();
    }

    void requestStop(long id) {
        jdbc.sql("update mlx_imports set stop_requested = true where id = :id")
                .param("id", id)
                .update();
    }

    boolean stopRequested(long id) {
        return jdbc.sql("select stop_requested from mlx_imports where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    /** Adds what became of a chunk to what is there. */
    void count(long id, int read, IntakeCounts counts, int refused) {
        jdbc.sql("""
                        update mlx_imports set rows_read = rows_read + :read, rows_added = rows_added + :added,
                            rows_kept = rows_kept + :kept, rows_changed = rows_changed + :changed,
                            rows_kept_out = rows_kept_out + :keptOut,
                            rows_refused = rows_refused + :refused where id = :id""")
                .param("read", read)
                .param("added", counts.added())
                .param("kept", counts.kept())
                .param("changed", counts.changed())
                .param("keptOut", counts.keptOut())
                .param("refused", refused)
                .param("id", id)
                .update();
    }

    /** Notes that the intake of its rows begins, if it was not before. */
    boolean begin(long id) {
        return jdbc.sql("""
                                update mlx_imports set begun = true, rows_read = 0, rows_added = 0, rows_kept = 0,
                                    rows_changed = 0, rows_kept_out = 0, rows_refused = 0 where id = :id and not begun""").param("id", id).update() > 0;
    }

    /** Notes that its rows were taken back; it begins anew under another id of the intake, if it begins again. */
    void tookBack(long id, long intake) {
        jdbc.sql("update mlx_imports set begun = false, intake_id = :intake where id = :id")
                .param("intake", intake)
                .param("id", id)
                .update();
    }

    void made(long id, long versionId, int version, @Nullable String watermark) {
        jdbc.sql("""
                        update mlx_imports set version_id = :versionId, version = :version, watermark = :watermark
                        where id = :id""")
                .param("versionId", versionId)
                .param("version", version)
                .param("watermark", watermark)
                .param("id", id)
                .update();
    }

    private static OffsetDateTime now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static ImportView view(ResultSet row, int number) throws SQLException {
        return new ImportView(
                row.getLong("id"),
                row.getString("dataset"),
                ImportKind.valueOf(row.getString("kind")),
                row.getString("source"),
                IntakeMode.valueOf(row.getString("mode")),
                ImportState.valueOf(row.getString("state")),
                row.getString("reason"),
                JSON.readValue(row.getString("settings"), ImportPlan.Settings.class)
                        .skipLimit(),
                row.getLong("rows_read"),
                row.getLong("rows_added"),
                row.getLong("rows_kept"),
                row.getLong("rows_changed"),
                row.getLong("rows_kept_out"),
                row.getLong("rows_refused"),
                row.getString("watermark"),
                row.getObject("version", Integer.class),
                time(row, "created_at").orElseThrow(),
                time(row, "started_at").orElse(null),
                time(row, "ended_at").orElse(null),
                row.getString("created_by"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
