package org.mlxspring.autoconfigure.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the rows that an erasure is about, and takes them out of the table of rows. Each method is part of the caller's
 * transaction, or one of its own. Rows are deleted and not overwritten first: both databases write a changed row to
 * another place, so that overwriting would leave the old bytes exactly where deleting leaves them.
 */
public class RowErasure {

    private static final String FOUND = "r.id, r.split, r.first_version, r.last_version from mlx_rows r";

    /** Rows that were added before a time, and that no erasure waits for yet; parameters: dataset, time. */
    private static final String ADDED_BEFORE = """
            from mlx_rows r where r.dataset_id = ? and r.added_at < ? and not exists (
                select 1 from mlx_erasure_rows w join mlx_erasures e on e.id = w.erasure_id
                where w.dataset_id = r.dataset_id and w.row_id = r.id and e.state <> 'DONE')
            """;

    private final JdbcClient jdbc;
    private final DatasetNames names;
    private final Keyring keyring;

    RowErasure(MlxDatabase database, Keyring keyring) {
        this.jdbc = database.jdbc();
        this.names = new DatasetNames(database);
        this.keyring = keyring;
    }

    /**
     * A row that is to be erased.
     *
     * @param firstVersion number of the first version that holds it
     * @param lastVersion number of the last one; empty where it is in the newest
     */
    public record Found(long id, String split, int firstVersion, OptionalInt lastVersion) {}

    /** The keyed hash that rows of a subject carry in a dataset. */
    public byte[] subject(long datasetId, String key) {
        return new RowSecrets(keyring.of(datasetId)).subject(key);
    }

    /** Which of these ids are no rows of the dataset. */
    public List<Long> unknown(long datasetId, Collection<Long> ids) {
        Set<Long> known = new HashSet<>(jdbc.sql("select id from mlx_rows where dataset_id = :dataset and id in (:ids)")
                .param("dataset", datasetId)
                .param("ids", ids)
                .query(Long.class)
                .list());
        return ids.stream().filter(id -> !known.contains(id)).sorted().toList();
    }

    /** Rows by id, with those of the same content and those that are other contents of the same record of a source. */
    public List<Found> same(long datasetId, Collection<Long> ids) {
        return jdbc.sql("select " + FOUND + " where r.dataset_id = :dataset and r.id in (:ids)"
                        + " union select " + FOUND + """
                                 join mlx_rows g on g.dataset_id = r.dataset_id and g.fingerprint = r.fingerprint
                                 where r.dataset_id = :dataset and g.id in (:ids)"""
                        + " union select " + FOUND + """
                                 join mlx_rows g on g.dataset_id = r.dataset_id and g.external_key = r.external_key
                                 where r.dataset_id = :dataset and g.id in (:ids)""")
                .param("dataset", datasetId)
                .param("ids", ids)
                .query(RowErasure::found)
                .list();
    }

    /** The rows of a subject. */
    public List<Found> ofSubject(long datasetId, byte[] subject) {
        return jdbc.sql("select " + FOUND + " where r.dataset_id = ? and r.subject = ?")
                .params(datasetId, subject)
                .query(RowErasure::found)
                .list();
    }

    /** Rows by id, and no others. */
    public List<Found> exactly(long datasetId, Collection<Long> ids) {
        return jdbc.sql("select " + FOUND + " where r.dataset_id = :dataset and r.id in (:ids)")
                .param("dataset", datasetId)
                .param("ids", ids)
                .query(RowErasure::found)
                .list();
    }

    /**
     * Ids of rows that were added before a time, in their order, without those that an erasure which is not done has:
     * those behind {@code after}, at most {@code limit}.
     */
    public List<Long> addedBefore(long datasetId, Instant time, long after, int limit) {
        return jdbc.sql("select r.id " + ADDED_BEFORE
                        + " and r.id > ? order by r.dataset_id, r.id fetch first ? rows only")
                .params(datasetId, time.atOffset(ZoneOffset.UTC), after, limit)
                .query(Long.class)
                .list();
    }

    /** How many rows {@link #addedBefore} finds without a limit. */
    public long countAddedBefore(long datasetId, Instant time) {
        return jdbc.sql("select count(*) " + ADDED_BEFORE)
                .params(datasetId, time.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /**
     * Deletes rows.
     *
     * @return how many were there
     */
    public int delete(long datasetId, Collection<Long> ids) {
        return jdbc.sql("delete from mlx_rows where dataset_id = :dataset and id in (:ids)")
                .param("dataset", datasetId)
                .param("ids", ids)
                .update();
    }

    /** How many of these rows are still there. */
    public long left(long datasetId, Collection<Long> ids) {
        return jdbc.sql("select count(*) from mlx_rows where dataset_id = :dataset and id in (:ids)")
                .param("dataset", datasetId)
                .param("ids", ids)
                .query(Long.class)
                .single();
    }

    /** How many rows a dataset has, in all of its versions. */
    public long count(long datasetId) {
        return jdbc.sql("select count(*) from mlx_rows where dataset_id = ?")
                .param(datasetId)
                .query(Long.class)
                .single();
    }

    /**
     * The key of a dataset.
     *
     * @throws ProblemException if there is no such dataset; it lists those there are
     */
    public long dataset(String name) {
        return names.get(name).id();
    }

    /** All datasets, key by name, in the order of the names. */
    public SortedMap<String, Long> datasets() {
        SortedMap<String, Long> datasets = new TreeMap<>();
        jdbc.sql("select name, id from mlx_datasets").query(row -> {
            datasets.put(row.getString("name"), row.getLong("id"));
        });
        return datasets;
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        int last = row.getInt("last_version");
        OptionalInt lastVersion = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(last);
        return new Found(row.getLong("id"), row.getString("split"), row.getInt("first_version"), lastVersion);
    }
}
