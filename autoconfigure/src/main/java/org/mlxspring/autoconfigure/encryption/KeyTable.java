package org.mlxspring.autoconfigure.encryption;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of wrapped keys. Number 0 is a dataset's names key, those from 1 are its rows keys. */
final class KeyTable {

    static final int NAMES = 0;

    private final JdbcClient jdbc;

    KeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A key as it is stored. */
    record WrappedKey(long datasetId, int number, String masterKey, byte[] wrapped) {}

    List<WrappedKey> of(long datasetId) {
        return jdbc.sql("select dataset_id, number, master_key, wrapped from mlx_dataset_keys where dataset_id = ?"
                        + " order by number")
                .param(datasetId)
                .query(KeyTable::key)
                .list();
    }

    List<WrappedKey> notWrappedWith(String masterKey) {
        return jdbc.sql("select dataset_id, number, master_key, wrapped from mlx_dataset_keys where master_key <> ?"
                        + " order by dataset_id, number")
                .param(masterKey)
                .query(KeyTable::key)
                .list();
    }

    /** Holds the dataset until the end of the transaction, so that its keys are made once. */
    void lock(long datasetId) {
        jdbc.sql("select id from mlx_datasets where id = ? for update")
                .param(datasetId)
                .query(Long.class)
                .single();
    }

    void insert(WrappedKey key) {
        jdbc.sql("insert into mlx_dataset_keys (dataset_id, number, purpose, master_key, wrapped, created_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        key.datasetId(),
                        key.number(),
                        key.number() == NAMES ? "NAMES" : "ROWS",
                        key.masterKey(),
                        key.wrapped(),
                        OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS))
                .update();
    }

    private static WrappedKey key(ResultSet row, int index) throws SQLException {
        return new WrappedKey(
                row.getLong("dataset_id"), row.getInt("number"), row.getString("master_key"), row.getBytes("wrapped"));
    }

    /** Replaces the wrapping if it is still that of {@code before}. */
    boolean rewrap(WrappedKey key, String before) {
        return jdbc.sql("update mlx_dataset_keys set master_key = ?, wrapped = ?"
                                + " where dataset_id = ? and number = ? and master_key = ?")
                        .params(key.masterKey(), key.wrapped(), key.datasetId(), key.number(), before)
                        .update()
                == 1;
    }

    /** Removes the rows keys before this one; what is still sealed with one of them is a foreign key that forbids it. */
    void removeBefore(long datasetId, int number) {
        jdbc.sql("delete from mlx_dataset_keys where dataset_id = ? and number > 0 and number < ?")
                .params(datasetId, number)
                .update();
    }
}
