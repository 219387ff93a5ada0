package org.mlxspring.autoconfigure.check;

import java.util.ArrayList;
import java.util.List;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.ErasedRows;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes the findings that name an erased row. The counts of a report stay: they say what the check found then. */
final class ErasableFindings implements ErasableStore {

    private static final int CHUNK = 500;

    private final JdbcClient jdbc;

    ErasableFindings(MlxDatabase database) {
        jdbc = database.jdbc();
    }

    @Override
    public String place() {
        return "findings of checks";
    }

    @Override
    public long erase(ErasedRows rows) {
        return chunks(rows).stream()
                .mapToLong(
                        chunk -> jdbc.sql("delete from mlx_findings where row_id in (:rows) or other_row_id in (:rows)")
                                .param("rows", chunk)
                                .update())
                .sum();
    }

    @Override
    public Holding look(ErasedRows rows) {
        long left = chunks(rows).stream()
                .mapToLong(chunk -> jdbc.sql(
                                "select count(*) from mlx_findings where row_id in (:rows) or other_row_id in (:rows)")
                        .param("rows", chunk)
                        .query(Long.class)
                        .single())
                .sum();
        long examined = rows.versions().stream()
                .mapToLong(version -> jdbc.sql("select count(*) from mlx_findings where version_id = ?")
                        .param(version)
                        .query(Long.class)
                        .single())
                .sum();
        return new Holding(examined, left);
    }

    private static List<List<Long>> chunks(ErasedRows rows) {
        List<Long> ids = List.copyOf(rows.rows());
        List<List<Long>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            chunks.add(ids.subList(from, Math.min(from + CHUNK, ids.size())));
        }
        return chunks;
    }
}
