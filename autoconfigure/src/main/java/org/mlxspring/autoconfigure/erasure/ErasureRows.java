package org.mlxspring.autoconfigure.erasure;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.ErasedRows;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which datasets, rows and runs an erasure concerns, by SQL; what it remembers of a row is in no way its content. */
final class ErasureRows {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ErasureRows(MlxDatabase database) {
        jdbc = database.jdbc();
        batches = new JdbcTemplate(database.dataSource());
    }

    /**
     * A dataset of an erasure.
     *
     * @param subject keyed hash of the subject's key; empty where rows are erased by id
     */
    record Target(long datasetId, String dataset, Optional<byte[]> subject) {}

    void addTarget(long erasure, Target target) {
        jdbc.sql("insert into mlx_erasure_datasets (erasure_id, dataset_id, dataset, subject) values (?, ?, ?, ?)")
                .params(
                        erasure,
                        target.datasetId(),
                        target.dataset(),
                        target.subject().orElse(null))
                .update();
    }

    List<Target> targets(long erasure) {
        return jdbc.sql("""
                        select dataset_id, dataset, subject from mlx_erasure_datasets
                        where erasure_id = ? order by dataset_id""")
                .param(erasure)
                .query((row, number) -> new Target(
                        row.getLong("dataset_id"),
                        row.getString("dataset"),
                        Optional.ofNullable(row.getBytes("subject"))))
                .list();
    }

    /** The erasures that were asked for by a subject of a dataset. */
    List<Long> ofSubject(long datasetId, byte[] subject) {
        return jdbc.sql("select erasure_id from mlx_erasure_datasets where dataset_id = ? and subject = ?")
                .params(datasetId, subject)
                .query(Long.class)
                .list();
    }

    /** Adds rows that are not among its rows yet. */
    void addRows(long erasure, long datasetId, List<RowErasure.Found> found) {
        Set<Long> known = new HashSet<>(rows(erasure, datasetId));
        List<Object[]> values = found.stream()
                .filter(row -> known.add(row.id()))
                .map(row -> new Object[] {
                    erasure,
                    row.id(),
                    datasetId,
                    row.split(),
                    row.firstVersion(),
                    row.lastVersion().isPresent() ? row.lastVersion().getAsInt() : null
                })
                .toList();
        batches.batchUpdate("""
                insert into mlx_erasure_rows (erasure_id, row_id, dataset_id, split, first_version, last_version)
                values (?, ?, ?, ?, ?, ?)""", values);
    }

    /** Ids of the rows of a dataset. */
    List<Long> rows(long erasure, long datasetId) {
        return jdbc.sql("select row_id from mlx_erasure_rows where erasure_id = ? and dataset_id = ? order by row_id")
                .params(erasure, datasetId)
                .query(Long.class)
                .list();
    }

    /** Some rows of a dataset that are not erased yet. */
    List<Long> next(long erasure, long datasetId, int limit) {
        return jdbc.sql("""
                        select row_id from mlx_erasure_rows
                        where erasure_id = ? and dataset_id = ? and erased_at is null order by row_id
                        fetch first ? rows only""").params(erasure, datasetId, limit).query(Long.class).list();
    }

    /** These rows are gone; those that were in the newest version end with it. */
    void erased(long erasure, Collection<Long> rows, Instant at) {
        jdbc.sql("""
                        update mlx_erasure_rows set erased_at = :at, last_version = coalesce(last_version, (
                            select max(v.version) from mlx_dataset_versions v
                            where v.dataset_id = mlx_erasure_rows.dataset_id))
                        where erasure_id = :erasure and row_id in (:rows)""")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("erasure", erasure)
                .param("rows", rows)
                .update();
    }

    /** A version that holds or held rows of the erasure, and how many. */
    record Held(long versionId, int version, int rows, int learned) {}

    /** The versions of a dataset that hold or held rows of the erasure; learned counts the rows outside of the test split. */
    List<Held> held(long erasure, long datasetId) {
        return jdbc.sql("""
                        select v.id, v.version, count(*) as held,
                               sum(case when e.split = 'test' then 0 else 1 end) as learned
                        from mlx_erasure_rows e join mlx_dataset_versions v on v.dataset_id = e.dataset_id
                         and v.version >= e.first_version and (e.last_version is null or v.version <= e.last_version)
                        where e.erasure_id = ? and e.dataset_id = ?
                        group by v.id, v.version order by v.version""")
                .params(erasure, datasetId)
                .query((row, number) ->
                        new Held(row.getLong("id"), row.getInt("version"), row.getInt("held"), row.getInt("learned")))
                .list();
    }

    /** The rows of a dataset as other concerns are told of them. */
    ErasedRows erasedRows(long erasure, Target target) {
        return new ErasedRows(
                target.datasetId(),
                target.dataset(),
                Set.copyOf(rows(erasure, target.datasetId())),
                held(erasure, target.datasetId()).stream().map(Held::versionId).toList(),
                gone(erasure, target.datasetId()),
                target.subject());
    }

    private Instant gone(long erasure, long datasetId) {
        return jdbc.sql("select max(erased_at) as gone from mlx_erasure_rows where erasure_id = ? and dataset_id = ?")
                .params(erasure, datasetId)
                .query((row, number) -> Optional.ofNullable(row.getObject("gone", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant)
                .orElseGet(Instant::now);
    }

    void addStopped(long erasure, String run) {
        jdbc.sql("""
                        insert into mlx_erasure_runs (erasure_id, run_id)
                        select e.id, cast(:run as varchar(40)) from mlx_erasures e where e.id = :erasure and not exists (
                            select 1 from mlx_erasure_runs s where s.erasure_id = :erasure and s.run_id = :run)""").param("erasure", erasure).param("run", run).update();
    }

    /** The runs that the erasure asked to stop. */
    List<String> stopped(long erasure) {
        return jdbc.sql("select run_id from mlx_erasure_runs where erasure_id = ? order by run_id")
                .param(erasure)
                .query(String.class)
                .list();
    }

    /** What an erasure takes of each dataset, in the order of the names. */
    List<ErasureView.ErasureShare> shares(long erasure) {
        return shares(List.of(erasure)).getOrDefault(erasure, List.of());
    }

    /** What each of these erasures takes of each dataset; those without a dataset are left out. */
    Map<Long, List<ErasureView.ErasureShare>> shares(Collection<Long> erasures) {
        Map<Long, List<ErasureView.ErasureShare>> shares = new HashMap<>();
        if (erasures.isEmpty()) {
            return shares;
        }
        jdbc.sql("""
                        select d.erasure_id, d.dataset, d.subject is not null as by_subject,
                               count(r.row_id) as found, count(r.erased_at) as erased
                        from mlx_erasure_datasets d left join mlx_erasure_rows r
                          on r.erasure_id = d.erasure_id and r.dataset_id = d.dataset_id
                        where d.erasure_id in (:erasures)
                        group by d.erasure_id, d.dataset_id, d.dataset, d.subject order by d.dataset""").param("erasures", erasures).query(row -> {
            shares.computeIfAbsent(row.getLong("erasure_id"), id -> new ArrayList<>())
                    .add(new ErasureView.ErasureShare(
                            row.getString("dataset"),
                            row.getBoolean("by_subject"),
                            row.getLong("found"),
                            row.getLong("erased")));
        });
        return shares;
    }
}
