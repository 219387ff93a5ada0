package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.engine.data.Split;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Brings versions in line with the rows that an erasure left them, and keeps the hashes that they had before. */
public class VersionErasure {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final VersionContent content;

    VersionErasure(MlxDatabase database) {
        jdbc = database.jdbc();
        transactions = database.transactions();
        content = new VersionContent(database.dataSource());
    }

    /**
     * @param former hash before the erasure
     * @param now hash since
     */
    public record Hashes(String former, String now) {}

    private record Version(long datasetId, int number, String hash, boolean givenUp) {}

    private record Before(String hash, int rows) {}

    /**
     * Counts a version's rows again and gives it a new hash; repeated for the same erasure, it counts each row once.
     *
     * @param rows how many rows the erasure has taken out of it
     */
    public Hashes shrink(long versionId, int rows, long erasure) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Version version = version(versionId);
            Before before = before(versionId, erasure).orElseGet(() -> begin(versionId, version, erasure));
            String hash = content.hash(version.datasetId(), version.number());
            Map<Split, Integer> counts = content.counts(version.datasetId(), version.number());
            jdbc.sql("update mlx_dataset_version_hashes set rows_erased = ? where version_id = ? and erasure_id = ?")
                    .params(rows, versionId, erasure)
                    .update();
            jdbc.sql("""
                            update mlx_dataset_versions set hash = ?, train_rows = ?, valid_rows = ?, test_rows = ?,
                                   erased_rows = erased_rows + ? where id = ?""")
                    .params(
                            hash,
                            counts.get(Split.TRAIN),
                            counts.get(Split.VALID),
                            counts.get(Split.TEST),
                            rows - before.rows(),
                            versionId)
                    .update();
            return new Hashes(before.hash(), hash);
        }));
    }

    /** Whether a version's hash is not that of its rows. A version that was given up has no rows to compare. */
    public boolean differs(long versionId) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            Version version = version(versionId);
            return !version.givenUp()
                    && !content.hash(version.datasetId(), version.number()).equals(version.hash());
        }));
    }

    private Version version(long id) {
        return jdbc.sql("select dataset_id, version, hash, state from mlx_dataset_versions where id = ?")
                .param(id)
                .query((row, number) -> new Version(
                        row.getLong("dataset_id"),
                        row.getInt("version"),
                        row.getString("hash"),
                        row.getString("state").equals(VersionState.REMOVED.name())))
                .single();
    }

    private Optional<Before> before(long versionId, long erasure) {
        return jdbc.sql("""
                        select hash, rows_erased from mlx_dataset_version_hashes
                        where version_id = ? and erasure_id = ?""")
                .params(versionId, erasure)
                .query((row, number) -> new Before(row.getString("hash"), row.getInt("rows_erased")))
                .optional();
    }

    private Before begin(long versionId, Version version, long erasure) {
        jdbc.sql("""
                        insert into mlx_dataset_version_hashes
                            (version_id, hash, rows_erased, replaced_at, erasure_id) values (?, ?, 0, ?, ?)""")
                .params(versionId, version.hash(), Instant.now().atOffset(ZoneOffset.UTC), erasure)
                .update();
        return new Before(version.hash(), 0);
    }
}
