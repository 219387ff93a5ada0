package org.mlxspring.autoconfigure.dataset;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.encryption.Sealed;
import org.mlxspring.engine.data.Split;
import org.springframework.jdbc.core.JdbcTemplate;

/** The statements by which imports change {@code mlx_rows}; each is part of the caller's transaction. */
final class ImportedRows {

    private final JdbcTemplate jdbc;

    ImportedRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows of a dataset that have one of these fingerprints or keys, ended ones among them. */
    List<PoolRow> pool(Turn turn, Collection<ByteBuffer> fingerprints, Collection<ByteBuffer> keys) {
        List<PoolRow> pool = new ArrayList<>(where(turn, "fingerprint", fingerprints));
        if (!keys.isEmpty()) {
            Set<Long> known = pool.stream().map(PoolRow::id).collect(Collectors.toSet());
            where(turn, "external_key", keys).stream()
                    .filter(row -> !known.contains(row.id()))
                    .forEach(pool::add);
        }
        return pool;
    }

    void insert(Turn turn, Map<PoolRow, Incoming> rows, RowSecrets secrets) {
        OffsetDateTime now = Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        List<@Nullable Object[]> batch = new ArrayList<>(rows.size());
        rows.forEach((place, row) -> {
            Sealed content = secrets.content(row.row().json());
            Optional<Sealed> original = row.row().original().map(secrets::original);
            batch.add(new @Nullable Object[] {
                turn.datasetId(),
                place.split().label(),
                place.fingerprint().array(),
                place.key().map(ByteBuffer::array).orElse(null),
                row.subject().map(ByteBuffer::array).orElse(null),
                row.row().kind().name(),
                content.keyNumber(),
                content.bytes(),
                original.map(Sealed::bytes).orElse(null),
                turn.version(),
                turn.importId(),
                turn.importId(),
                now
            });
        });
        jdbc.batchUpdate(
                "insert into mlx_rows (dataset_id, split, fingerprint, external_key, subject, kind, key_number,"
                        + " content, original, first_version, import_id, seen_by, added_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                batch);
    }

    /** Notes that the import had these rows, and their key and subject where it brings them. */
    void keep(Turn turn, Map<PoolRow, Incoming> rows) {
        List<@Nullable Object[]> batch = new ArrayList<>(rows.size());
        rows.forEach((place, row) -> batch.add(new @Nullable Object[] {
            turn.importId(),
            row.key().map(ByteBuffer::array).orElse(null),
            row.subject().map(ByteBuffer::array).orElse(null),
            place.id()
        }));
        jdbc.batchUpdate(
                "update mlx_rows set seen_by = ?, external_key = coalesce(?, external_key),"
                        + " subject = coalesce(?, subject) where id = ?",
                batch);
    }

    /** Ends rows before the version that is being made; those that this import brought itself are removed. */
    void end(Turn turn, List<PoolRow> rows) {
        List<Object[]> before = new ArrayList<>();
        List<Object[]> own = new ArrayList<>();
        for (PoolRow row : rows) {
            if (row.firstVersion() == turn.version()) {
                own.add(new Object[] {row.id()});
            } else {
                before.add(new Object[] {turn.version() - 1, row.id()});
            }
        }
        jdbc.batchUpdate("delete from mlx_rows where id = ?", own);
        jdbc.batchUpdate("update mlx_rows set last_version = ? where id = ?", before);
    }

    /** Ends all rows that the import did not have. */
    void endUnseen(Turn turn) {
        jdbc.update(
                "update mlx_rows set last_version = ? where dataset_id = ? and last_version is null and seen_by <> ?",
                turn.version() - 1,
                turn.datasetId(),
                turn.importId());
    }

    /** Takes back all that an import did. */
    void undo(Turn turn) {
        jdbc.update(
                "delete from mlx_rows where dataset_id = ? and first_version = ?", turn.datasetId(), turn.version());
        jdbc.update(
                "update mlx_rows set last_version = null where dataset_id = ? and last_version = ?",
                turn.datasetId(),
                turn.version() - 1);
    }

    boolean changed(Turn turn) {
        return !jdbc.queryForList(
                        "select 1 from mlx_rows where dataset_id = ? and (first_version = ? or last_version = ?) limit 1",
                        turn.datasetId(),
                        turn.version(),
                        turn.version() - 1)
                .isEmpty();
    }

    private List<PoolRow> where(Turn turn, String column, Collection<ByteBuffer> values) {
        byte[][] bytes = values.stream().map(ByteBuffer::array).toArray(byte[][]::new);
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(
                            // H2 scans the dataset for "= any(?)", and follows the index for a join.
                            "select id, fingerprint, external_key, split, first_version, last_version, seen_by"
                                    + " from unnest(cast(? as bytea array)) as wanted(bytes)"
                                    + " join mlx_rows on dataset_id = ? and " + column + " = wanted.bytes");
                    statement.setArray(1, connection.createArrayOf("bytea", bytes));
                    statement.setLong(2, turn.datasetId());
                    return statement;
                },
                (row, index) -> poolRow(turn, row));
    }

    private static PoolRow poolRow(Turn turn, ResultSet row) throws SQLException {
        byte[] key = row.getBytes("external_key");
        return new PoolRow(
                row.getLong("id"),
                ByteBuffer.wrap(row.getBytes("fingerprint")),
                Split.labeled(row.getString("split")),
                row.getInt("first_version"),
                Optional.ofNullable(key).map(ByteBuffer::wrap),
                row.getObject("last_version") == null,
                row.getLong("seen_by") == turn.importId());
    }
}
