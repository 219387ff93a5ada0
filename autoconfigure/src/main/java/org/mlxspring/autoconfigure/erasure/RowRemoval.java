package org.mlxspring.autoconfigure.erasure;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.ErasedHashes;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.dataset.VersionErasure;
import org.springframework.transaction.support.TransactionOperations;

/** Takes the rows of an erasure out of the database, chunk by chunk, and gives their versions new hashes. */
final class RowRemoval {

    private static final int CHUNK = 500;

    private final TransactionOperations transactions;
    private final ErasureRows records;
    private final RowErasure rows;
    private final ErasedHashes hashes;
    private final VersionErasure versions;
    private final ErasureProperties properties;

    RowRemoval(
            MlxDatabase database,
            ErasureRows records,
            RowErasure rows,
            ErasedHashes hashes,
            VersionErasure versions,
            ErasureProperties properties) {
        this.records = records;
        this.rows = rows;
        this.hashes = hashes;
        this.versions = versions;
        this.properties = properties;
        transactions = database.transactions();
    }

    /** Removes the rows of a dataset that are still there. */
    void remove(ErasureEntity work, ErasureRows.Target target) {
        long erasure = work.id();
        long dataset = target.datasetId();
        target.subject()
                .ifPresent(subject -> transactions.executeWithoutResult(
                        status -> records.addRows(erasure, dataset, rows.ofSubject(dataset, subject))));
        while (removeChunk(erasure, dataset, work.cause())) {
            // Each chunk is a transaction of its own, so that the table is never locked for long.
        }
    }

    private boolean removeChunk(long erasure, long dataset, ErasureCause cause) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            List<Long> next = records.next(erasure, dataset, CHUNK);
            if (next.isEmpty()) {
                return false;
            }
            if (properties.keepOut()) {
                hashes.addContents(dataset, next, erasure);
                if (cause == ErasureCause.REQUEST) {
                    hashes.addKeys(dataset, next, erasure);
                }
            }
            rows.delete(dataset, next);
            records.erased(erasure, next, Instant.now().truncatedTo(ChronoUnit.MICROS));
            return true;
        }));
    }

    /** Brings counts and hashes of the versions that held rows in line with what is left. */
    List<ErasureReport.ErasedVersion> rehash(long erasure, ErasureRows.Target target) {
        List<ErasureReport.ErasedVersion> changed = new ArrayList<>();
        for (ErasureRows.Held held : records.held(erasure, target.datasetId())) {
            VersionErasure.Hashes hash = versions.shrink(held.versionId(), held.rows(), erasure);
            changed.add(new ErasureReport.ErasedVersion(
                    target.dataset(), held.version(), held.rows(), hash.former(), hash.now()));
        }
        return changed;
    }
}
