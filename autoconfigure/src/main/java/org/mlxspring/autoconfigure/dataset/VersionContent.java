package org.mlxspring.autoconfigure.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.mlxspring.autoconfigure.encryption.Sha256;
import org.mlxspring.engine.data.Split;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a version holds, counted and hashed by the intervals of its rows; each call is part of the caller's transaction. */
final class VersionContent {

    /** A row is in a version between its first and its last; parameters: dataset, version, version. */
    static final String IN_VERSION =
            "dataset_id = ? and first_version <= ? and (last_version is null or last_version >= ?)";

    private static final int FETCH = 1000;

    private final JdbcTemplate jdbc;

    VersionContent(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setFetchSize(FETCH);
    }

    /** Rows of each split, 0 where there are none. */
    Map<Split, Integer> counts(long datasetId, int version) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            counts.put(split, 0);
        }
        jdbc.query(
                "select split, count(*) from mlx_rows where " + IN_VERSION + " group by split",
                row -> {
                    counts.put(Split.labeled(row.getString(1)), row.getInt(2));
                },
                datasetId,
                version,
                version);
        return counts;
    }

    /**
     * SHA-256 over the rows in the order of their fingerprints, and of their splits where these are the same: of each
     * the name of the split, a line break, and the 32 bytes of the fingerprint. In hexadecimal.
     */
    String hash(long datasetId, int version) {
        MessageDigest digest = Sha256.digest();
        jdbc.query(
                "select fingerprint, split from mlx_rows where " + IN_VERSION + " order by fingerprint, split",
                row -> {
                    digest.update(row.getString(2).getBytes(StandardCharsets.US_ASCII));
                    digest.update((byte) '\n');
                    digest.update(row.getBytes(1));
                },
                datasetId,
                version,
                version);
        return HexFormat.of().formatHex(digest.digest());
    }

    Optional<RowKind> kind(long datasetId, int version) {
        List<String> kinds = jdbc.queryForList(
                "select kind from mlx_rows where " + IN_VERSION + " limit 1",
                String.class,
                datasetId,
                version,
                version);
        return kinds.stream().findFirst().map(RowKind::valueOf);
    }
}
