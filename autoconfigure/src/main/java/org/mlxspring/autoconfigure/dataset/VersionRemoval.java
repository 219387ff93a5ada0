package org.mlxspring.autoconfigure.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives up old versions. The version stays, with its counts and hash, as {@link VersionState#REMOVED}; its rows leave
 * where no other version has them.
 */
public class VersionRemoval {

    private final JdbcClient jdbc;

    VersionRemoval(MlxDatabase database) {
        jdbc = database.jdbc();
    }

    /** Versions that no unfinished run works on, and that no champion was trained on. */
    private static final String NOT_IN_USE = """
             and not exists (
                select 1 from mlx_runs r where r.dataset_version_id = v.id
                  and (r.state not in ('SUCCEEDED', 'FAILED', 'STOPPED')
                    or r.id in (select f.adapter_run from mlx_models m
                                join mlx_model_versions c on c.model = m.name and c.version = m.champion
                                join mlx_runs f on f.id = c.run_id)))
            """;

    /** Keys of the versions that are neither tagged, in use, nor among the newest {@code kept}, the oldest first. */
    public List<Long> beyond(long datasetId, int kept) {
        return jdbc.sql("""
                        select v.id from mlx_dataset_versions v
                        where v.dataset_id = :dataset and v.state in ('READY', 'BLOCKED')
                          and not exists (select 1 from mlx_dataset_tags t
                                          where t.dataset_id = v.dataset_id and t.version = v.version)
                          and (select count(*) from mlx_dataset_versions n
                               where n.dataset_id = v.dataset_id and n.version > v.version
                                 and n.state in ('READY', 'BLOCKED')) >= :kept""" + NOT_IN_USE + " order by v.version")
                .param("dataset", datasetId)
                .param("kept", kept)
                .query(Long.class)
                .list();
    }

    /**
     * Gives up versions: from now on no run can use them. One that came into use meanwhile stays.
     *
     * @return keys of those that are given up
     */
    public List<Long> remove(Collection<Long> versionIds) {
        List<Long> removed = new ArrayList<>();
        for (long version : versionIds) {
            int changed = jdbc.sql("update mlx_dataset_versions v set state = 'REMOVED' where v.id = ?" + NOT_IN_USE)
                    .param(version)
                    .update();
            if (changed > 0) {
                removed.add(version);
            }
        }
        return removed;
    }

    /**
     * Rows that only versions have that are given up.
     *
     * @param alsoGivenUp keys of versions that count as given up, besides those that are
     */
    public List<Long> rowsOfNone(long datasetId, Collection<Long> alsoGivenUp, int limit) {
        return jdbc.sql("select r.id " + OF_NONE + " order by r.dataset_id, r.id fetch first :limit rows only")
                .param("dataset", datasetId)
                .param("givenUp", orNone(alsoGivenUp))
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /** How many rows {@link #rowsOfNone} finds without a limit. */
    public long countRowsOfNone(long datasetId, Collection<Long> alsoGivenUp) {
        return jdbc.sql("select count(*) " + OF_NONE)
                .param("dataset", datasetId)
                .param("givenUp", orNone(alsoGivenUp))
                .query(Long.class)
                .single();
    }

    /** Rows that ended, so that neither the newest version nor one that is being made has them. */
    private static final String OF_NONE = """
            from mlx_rows r where r.dataset_id = :dataset and r.last_version is not null and not exists (
                select 1 from mlx_dataset_versions v
                where v.dataset_id = r.dataset_id and v.version between r.first_version and r.last_version
                  and v.state <> 'REMOVED' and v.id not in (:givenUp))
            """;

    private static Collection<Long> orNone(Collection<Long> ids) {
        return ids.isEmpty() ? List.of(-1L) : ids;
    }
}
