package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares two versions of a dataset by the intervals of their rows. Rows that are equal and in the same split are the
 * same row, however often they left and came back, and equal rows are told apart by their number.
 */
final class Difference {

    /** In one version and not in the other; n numbers equal rows, so that each is compared with one at most. */
    private static final String ROWS = """
            select id, fingerprint, split, external_key,
                row_number() over (partition by fingerprint, split order by id) as n
            from mlx_rows
            where dataset_id = :dataset and first_version <= :%1$s
                and (last_version is null or last_version >= :%1$s)
                and not (first_version <= :%2$s and (last_version is null or last_version >= :%2$s))""";

    private static final String MISSING_IN = " where not exists (select 1 from %s o"
            + " where o.fingerprint = r.fingerprint and o.split = r.split and o.n = r.n)";

    private static final String QUERY = "with came as (" + ROWS.formatted("to", "from") + "), went as ("
            + ROWS.formatted("from", "to") + "), added as (select r.* from came r" + MISSING_IN.formatted("went")
            + "), removed as (select r.* from went r" + MISSING_IN.formatted("came") + ") ";

    private static final String OF_THE_KEY =
            "exists (select 1 from %s o where o.external_key is not null and o.external_key = r.external_key)";

    private final JdbcClient jdbc;

    Difference(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    VersionDifference counts(long datasetId, int from, int to) {
        return new VersionDifference(
                from,
                to,
                count(datasetId, from, to, RowChange.ADDED),
                count(datasetId, from, to, RowChange.REMOVED),
                count(datasetId, from, to, RowChange.CHANGED));
    }

    /** Ids of rows after this one; of changed rows, those of the newer version. */
    List<Long> ids(long datasetId, int from, int to, RowChange change, long after, int limit) {
        return jdbc.sql(QUERY + "select id " + rows(change) + " and r.id > :after order by r.id limit :limit")
                .param("dataset", datasetId)
                .param("from", from)
                .param("to", to)
                .param("after", after)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    private long count(long datasetId, int from, int to, RowChange change) {
        return jdbc.sql(QUERY + "select count(*) " + rows(change))
                .param("dataset", datasetId)
                .param("from", from)
                .param("to", to)
                .query(Long.class)
                .single();
    }

    private static String rows(RowChange change) {
        return switch (change) {
            case ADDED -> "from added r where not " + OF_THE_KEY.formatted("removed");
            case REMOVED -> "from removed r where not " + OF_THE_KEY.formatted("added");
            case CHANGED -> "from added r where " + OF_THE_KEY.formatted("removed");
        };
    }
}
