package org.mlxspring.autoconfigure.source;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.ErasedRows;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes the rows of a subject that imports refused and kept. Erasing by id has nothing to find here. */
final class ErasableRefusedRows implements ErasableStore {

    private final JdbcClient jdbc;

    ErasableRefusedRows(MlxDatabase database) {
        jdbc = database.jdbc();
    }

    @Override
    public String place() {
        return "refused rows";
    }

    @Override
    public long erase(ErasedRows rows) {
        return rows.subject()
                .map(subject -> jdbc.sql("delete from mlx_refused_rows where dataset_id = ? and subject = ?")
                        .params(rows.datasetId(), subject)
                        .update())
                .orElse(0);
    }

    @Override
    public Holding look(ErasedRows rows) {
        long examined = jdbc.sql("select count(*) from mlx_refused_rows where dataset_id = ?")
                .param(rows.datasetId())
                .query(Long.class)
                .single();
        long left = rows.subject()
                .map(subject -> jdbc.sql("select count(*) from mlx_refused_rows where dataset_id = ? and subject = ?")
                        .params(rows.datasetId(), subject)
                        .query(Long.class)
                        .single())
                .orElse(0L);
        return new Holding(examined, left);
    }
}
