package org.mlxspring.autoconfigure.encryption;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Seals what the sealed tables have of a dataset again with its newest rows key, a chunk in each transaction. */
final class Resealing {

    private static final int CHUNK = 500;

    private final List<SealedTable> tables;
    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;

    Resealing(List<SealedTable> tables, JdbcTemplate jdbc, TransactionOperations transactions) {
        this.tables = tables;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * @param alive called after each chunk
     * @return how many rows of tables
     */
    long all(long datasetId, OpenedKeys keys, Runnable alive) {
        long count = 0;
        for (SealedTable table : tables) {
            List<String> columns = table.columns().keySet().stream().sorted().toList();
            long last = 0;
            for (List<Object[]> chunk = chunk(table, columns, datasetId, keys, last);
                    !chunk.isEmpty();
                    chunk = chunk(table, columns, datasetId, keys, last)) {
                count += chunk.size();
                alive.run();
                last = (long) Objects.requireNonNull(chunk.getLast()[columns.size() + 1]);
            }
        }
        return count;
    }

    /** The parameters of the updates: key number, sealed columns, id. */
    private List<Object[]> chunk(SealedTable table, List<String> columns, long datasetId, OpenedKeys keys, long after) {
        return Objects.requireNonNull(transactions.execute(status -> {
            List<Object[]> chunk = jdbc.query(
                    "select id, key_number, " + String.join(", ", columns) + " from " + table.name()
                            + " where dataset_id = ? and key_number <> ? and id > ? order by dataset_id, id limit "
                            + CHUNK
                            + " for update",
                    (row, index) -> again(table, columns, keys, row),
                    datasetId,
                    keys.newest(),
                    after);
            jdbc.batchUpdate(
                    "update " + table.name() + " set key_number = ?, "
                            + columns.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
                            + " where id = ?",
                    chunk);
            return chunk;
        }));
    }

    private static Object[] again(SealedTable table, List<String> columns, OpenedKeys keys, ResultSet row)
            throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(keys.newest());
        for (String column : columns) {
            byte[] bytes = row.getBytes(column);
            String use = Objects.requireNonNull(table.columns().get(column));
            parameters.add(
                    bytes == null
                            ? null
                            : keys.seal(keys.open(new Sealed(row.getInt("key_number"), bytes), use), use)
                                    .bytes());
        }
        parameters.add(row.getLong("id"));
        return parameters.toArray();
    }
}
