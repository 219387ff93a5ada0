package org.mlxspring.autoconfigure.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.encryption.Sealed;
import org.mlxspring.engine.data.Split;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads rows, opened. Whoever shows their text to somebody writes the entry of the audit log. */
public class DatasetRows {

    private static final String COLUMNS =
            "select id, dataset_id, split, kind, key_number, content from mlx_rows where ";

    /** With the columns that are fixed: H2 follows an index only where its columns are all named. */
    private static final String IN_ORDER_OF_SPLIT = " order by dataset_id, split, id limit ?";

    private static final String IN_ORDER = " order by dataset_id, id limit ?";

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
        return keyring.reading(() -> page(version, split, afterId, limit));
    }

    private List<StoredRow> page(DatasetVersion version, Split split, long afterId, int limit) {
        List<Found> found = jdbc.query(
                COLUMNS + VersionContent.IN_VERSION + " and split = ? and id > ?" + IN_ORDER_OF_SPLIT,
                DatasetRows::found,
                version.datasetId(),
                version.version(),
                version.version(),
                split.label(),
                afterId,
                limit);
        if (found.isEmpty()) {
            return List.of();
        }
        RowSecrets secrets = new RowSecrets(keyring.of(version.datasetId()));
        return found.stream().map(row -> row.opened(secrets)).toList();
    }

    /**
     * Which rows of a version lie in a range of ids; nothing of them is opened.
     *
     * @param firstId the smallest id
     * @param lastId the largest id
     */
    public List<Long> ids(long versionId, Split split, long firstId, long lastId) {
        DatasetVersion version = versions.findById(versionId).orElseThrow().reference();
        return jdbc.queryForList(
                "select id from mlx_rows where " + VersionContent.IN_VERSION + " and split = ? and id between ? and ?",
                Long.class,
                version.datasetId(),
                version.version(),
                version.version(),
                split.label(),
                firstId,
                lastId);
    }

    /** Ids of the rows of a version in their order, all splits together. */
    List<RowId> ids(DatasetVersion version, long afterId, int limit) {
        return jdbc.query(
                "select id, split from mlx_rows where " + VersionContent.IN_VERSION + " and id > ?" + IN_ORDER,
                (row, index) -> new RowId(row.getLong(1), Split.labeled(row.getString(2))),
                version.datasetId(),
                version.version(),
                version.version(),
                afterId,
                limit);
    }

    List<RowView> views(DatasetVersion version, Set<Split> splits, long afterId, int limit) {
        return keyring.reading(() -> opened(version, splits, afterId, limit));
    }

    private List<RowView> opened(DatasetVersion version, Set<Split> splits, long afterId, int limit) {
        RowSecrets secrets = new RowSecrets(keyring.of(version.datasetId()));
        String in = splits.stream().map(split -> "'" + split.label() + "'").collect(Collectors.joining(", "));
        return jdbc.query(
                "select id, split, kind, key_number, content, first_version, last_version, added_at from mlx_rows where "
                        + VersionContent.IN_VERSION + " and split in (" + in + ") and id > ?"
                        + IN_ORDER,
                (row, index) -> view(row, secrets, false),
                version.datasetId(),
                version.version(),
                version.version(),
                afterId,
                limit);
    }

    Optional<RowView> view(String dataset, long id) {
        long datasetId = names.get(dataset).id();
        return keyring.reading(() -> opened(datasetId, id));
    }

    private Optional<RowView> opened(long datasetId, long id) {
        RowSecrets secrets = new RowSecrets(keyring.of(datasetId));
        return jdbc
                .query(
                        "select * from mlx_rows where dataset_id = ? and id = ?",
                        (row, index) -> view(row, secrets, true),
                        datasetId,
                        id)
                .stream()
                .findFirst();
    }

    private static RowView view(ResultSet row, RowSecrets secrets, boolean withOriginal) throws SQLException {
        Found found = found(row, 0);
        byte[] original = withOriginal ? row.getBytes("original") : null;
        return new RowView(
                found.id(),
                found.split(),
                found.kind(),
                RowJson.read(secrets.openContent(found.content())),
                original == null
                        ? null
                        : RowJson.read(secrets.openOriginal(new Sealed(row.getInt("key_number"), original))),
                row.getInt("first_version"),
                row.getObject("last_version", Integer.class),
                row.getObject("added_at", OffsetDateTime.class).toInstant());
    }

    private static Found found(ResultSet row, int index) throws SQLException {
        return new Found(
                row.getLong("id"),
                Split.labeled(row.getString("split")),
                RowKind.valueOf(row.getString("kind")),
                new Sealed(row.getInt("key_number"), row.getBytes("content")));
    }

    private record Found(long id, Split split, RowKind kind, Sealed content) {
        StoredRow opened(RowSecrets secrets) {
            return new StoredRow(id, split, kind, secrets.openContent(content));
        }
    }
}
