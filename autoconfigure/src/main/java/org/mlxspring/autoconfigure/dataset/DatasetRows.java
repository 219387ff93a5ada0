package org.mlxspring.autoconfigure.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.encryption.Sealed;
import org.mlxspring.engine.data.Split;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads rows, opened. Whoever shows their text to somebody writes the entry of the audit log. */
public class DatasetRows {

    private static final String COLUMNS =
            "select id, dataset_id, split, kind, key_number, content from mlx_rows where ";

    private final JdbcTemplate jdbc;
    private final DatasetVersionRepository versions;
    private final DatasetNames names;
    private final Keyring keyring;

    DatasetRows(MlxDatabase database, Keyring keyring) {
        this.keyring = keyring;
        jdbc = new JdbcTemplate(database.dataSource());
        versions = database.repository(DatasetVersionRepository.class);
        names = new DatasetNames(database);
    }

    /**
     * Rows of a version in their order.
     *
     * @param afterId id of the last row before them; 0 for the first
     * @param limit how many at most
     */
    public List<StoredRow> page(long versionId, Split split, long afterId, int limit) {
        DatasetVersion version = versions.findById(versionId).orElseThrow().reference();
        List<Found> found = jdbc.query(
                COLUMNS + VersionContent.IN_VERSION + " and split = ? and id > ? order by id limit ?",
                DatasetRows::found,
                version.datasetId(),
                version.version(),
                version.version(),
                SplitName.of(split),
                afterId,
                limit);
        if (found.isEmpty()) {
            return List.of();
        }
        RowSecrets secrets = new RowSecrets(keyring.of(version.datasetId()));
        return found.stream().map(row -> row.opened(secrets)).toList();
    }

    /** A row of any version of a dataset. */
    public Optional<StoredRow> row(String dataset, long id) {
        long datasetId = names.get(dataset).id();
        return jdbc.query(COLUMNS + "dataset_id = ? and id = ?", DatasetRows::found, datasetId, id).stream()
                .findFirst()
                .map(row -> row.opened(new RowSecrets(keyring.of(datasetId))));
    }

    private static Found found(ResultSet row, int index) throws SQLException {
        return new Found(
                row.getLong("id"),
                SplitName.split(row.getString("split")),
                RowKind.valueOf(row.getString("kind")),
                new Sealed(row.getInt("key_number"), row.getBytes("content")));
    }

    private record Found(long id, Split split, RowKind kind, Sealed content) {
        StoredRow opened(RowSecrets secrets) {
            return new StoredRow(id, split, kind, secrets.openContent(content));
        }
    }
}
