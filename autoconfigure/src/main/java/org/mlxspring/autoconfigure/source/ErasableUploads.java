package org.mlxspring.autoconfigure.source;

import java.util.List;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.ErasedRows;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes the uploads of a dataset whose imports failed or were stopped: any of them may hold the rows. Those that wait or
 * run remove theirs when they end, and leave erased rows out.
 */
final class ErasableUploads implements ErasableStore {

    private final JdbcClient jdbc;
    private final Spool spool;

    ErasableUploads(MlxDatabase database, Spool spool) {
        jdbc = database.jdbc();
        this.spool = spool;
    }

    @Override
    public String place() {
        return "uploads of imports that did not succeed";
    }

    @Override
    public long erase(ErasedRows rows) {
        List<Long> spooled = ended(rows).stream().filter(spool::has).toList();
        spooled.forEach(spool::remove);
        return spooled.size();
    }

    @Override
    public Holding look(ErasedRows rows) {
        List<Long> ended = ended(rows);
        return new Holding(ended.size(), ended.stream().filter(spool::has).count());
    }

    private List<Long> ended(ErasedRows rows) {
        return jdbc.sql("select id from mlx_imports where dataset = ? and state in ('FAILED', 'STOPPED')")
                .param(rows.dataset())
                .query(Long.class)
                .list();
    }
}
