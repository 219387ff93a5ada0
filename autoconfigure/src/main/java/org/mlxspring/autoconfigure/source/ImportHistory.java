package org.mlxspring.autoconfigure.source;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Imports that ended long ago. Of them those stay whose rows or version are still there, since they say where these came
 * from, and the newest of each source.
 */
public class ImportHistory {

    private static final int CHUNK = 500;

    private static final String OLD = """
            from mlx_imports i
            where i.ended_at < :limit and i.state in ('SUCCEEDED', 'FAILED', 'STOPPED')
              and not exists (select 1 from mlx_dataset_intakes t
                              where t.import_id = i.intake_id and t.open_dataset is not null)
              and not exists (select 1 from mlx_rows r where r.import_id = i.intake_id)
              and not exists (select 1 from mlx_dataset_versions v
                              where v.import_id = i.intake_id and v.state <> 'REMOVED')
              and (i.source is null
                   or exists (select 1 from mlx_imports n where n.source = i.source and n.id > i.id))""";

    /** Turns of imports, and of changes of keys, that left nothing behind. */
    private static final String LEFT_NOTHING = """
            delete from mlx_dataset_intakes
            where open_dataset is null and seen_at < :limit
              and not exists (select 1 from mlx_imports i where i.intake_id = mlx_dataset_intakes.import_id)
              and not exists (select 1 from mlx_rows r where r.import_id = mlx_dataset_intakes.import_id)
              and not exists (select 1 from mlx_dataset_versions v
                              where v.import_id = mlx_dataset_intakes.import_id)""";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RefusedRows refusedRows;
    private final BatchEngine batch;

    ImportHistory(MlxDatabase database, RefusedRows refusedRows, BatchEngine batch) {
        jdbc = database.jdbc();
        transactions = database.transactions();
        this.refusedRows = refusedRows;
        this.batch = batch;
    }

    /** How many imports {@link #removeEndedBefore} would remove. */
    public long countEndedBefore(Instant limit) {
        return jdbc.sql("select count(*) " + OLD)
                .param("limit", limit.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** Removes imports that ended before this time, with the rows that they refused; answers how many. */
    public long removeEndedBefore(Instant limit) {
        long count = 0;
        for (List<Long> chunk = endedBefore(limit); !chunk.isEmpty(); chunk = endedBefore(limit)) {
            List<Long> ids = chunk;
            transactions.executeWithoutResult(status -> ids.forEach(this::remove));
            count += chunk.size();
        }
        jdbc.sql(LEFT_NOTHING).param("limit", limit.atOffset(ZoneOffset.UTC)).update();
        return count;
    }

    private List<Long> endedBefore(Instant limit) {
        return jdbc.sql("select i.id " + OLD + " order by i.id fetch first " + CHUNK + " rows only")
                .param("limit", limit.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .list();
    }

    private void remove(long id) {
        refusedRows.removeOf(id);
        batch.forget(ImportJob.NAME, ImportJob.PARAMETER, id);
        jdbc.sql("delete from mlx_imports where id = :id").param("id", id).update();
    }
}
