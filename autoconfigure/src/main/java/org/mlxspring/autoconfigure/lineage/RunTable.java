package org.mlxspring.autoconfigure.lineage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs and the fused models of them, by SQL. */
final class RunTable {

    private static final String RUNS = """
            select r.id, r.job, r.model, r.model_path, r.base_model_hash, r.dataset, r.dataset_version_id, r.dataset_version,
                   r.adapter_run, r.state, r.settings, r.created_at, r.ended_at, r.started_by, r.schedule,
                   a.trained
            from mlx_runs r left join mlx_runs a on a.id = r.adapter_run
            """;

    private final JdbcClient jdbc;

    RunTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param trained whether the adapter of {@code adapterRun} is complete */
    record Run(
            String id,
            String job,
            String model,
            String modelPath,
            @Nullable String baseModelHash,
            String dataset,
            long datasetVersionId,
            int datasetVersion,
            String adapterRun,
            boolean trained,
            String state,
            String settings,
            Instant createdAt,
            @Nullable Instant endedAt,
            String startedBy,
            @Nullable String schedule) {}

    Optional<Run> run(String id) {
        return jdbc.sql(RUNS + "where r.id = ?").param(id).query(RunTable::run).optional();
    }

    /** The runs on these dataset versions, the newest first. */
    List<Run> on(Collection<Long> versionIds) {
        if (versionIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(RUNS + "where r.dataset_version_id in (:versions) order by r.created_at desc, r.id")
                .param("versions", versionIds)
                .query(RunTable::run)
                .list();
    }

    /** The run that made a version of a model. */
    Optional<String> madeBy(String model, int version) {
        return jdbc.sql("select run_id from mlx_model_versions where model = ? and version = ?")
                .params(model, version)
                .query(String.class)
                .optional();
    }

    /** The fused models of adapters that these runs trained, the newest first. */
    List<ModelVersionUse> fusedOf(Collection<String> adapterRuns) {
        if (adapterRuns.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select v.model, v.version, v.run_id, v.path, v.withdrawn_at, m.champion
                        from mlx_model_versions v
                        join mlx_models m on m.name = v.model
                        join mlx_runs r on r.id = v.run_id
                        where r.adapter_run in (:runs) order by v.since desc, v.id desc""")
                .param("runs", adapterRuns)
                .query((row, number) -> new ModelVersionUse(
                        row.getString("model"),
                        row.getInt("version"),
                        row.getString("run_id"),
                        row.getString("path"),
                        row.getInt("champion") == row.getInt("version"),
                        time(row, "withdrawn_at")))
                .list();
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getString("id"),
                row.getString("job"),
                row.getString("model"),
                row.getString("model_path"),
                row.getString("base_model_hash"),
                row.getString("dataset"),
                row.getLong("dataset_version_id"),
                row.getInt("dataset_version"),
                row.getString("adapter_run"),
                row.getBoolean("trained"),
                row.getString("state"),
                row.getString("settings"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row, "ended_at"),
                row.getString("started_by"),
                row.getString("schedule"));
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
