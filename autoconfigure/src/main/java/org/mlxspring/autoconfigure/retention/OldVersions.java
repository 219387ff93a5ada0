package org.mlxspring.autoconfigure.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.ErasedRows;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.dataset.VersionRemoval;
import org.springframework.transaction.support.TransactionOperations;

/** Versions that are neither new, tagged nor in use, and the rows that no other version has. */
final class OldVersions implements CleanUpPart {

    private static final int CHUNK = 500;

    private final TransactionOperations transactions;
    private final Retention retention;
    private final RowErasure rows;
    private final VersionRemoval versions;
    private final List<ErasableStore> stores;

    OldVersions(
            MlxDatabase database,
            Retention retention,
            RowErasure rows,
            VersionRemoval versions,
            List<ErasableStore> stores) {
        this.transactions = database.transactions();
        this.retention = retention;
        this.rows = rows;
        this.versions = versions;
        this.stores = List.copyOf(stores);
    }

    @Override
    public List<Removed> clean(long id, Instant now, boolean dry) {
        List<Removed> removed = new ArrayList<>();
        rows.datasets().forEach((name, dataset) -> {
            Optional<Integer> kept = retention.versionsKept(dataset);
            if (kept.isPresent()) {
                List<Long> beyond = versions.beyond(dataset, kept.get());
                List<Long> old = dry ? beyond : versions.remove(beyond);
                long count = dry ? versions.countRowsOfNone(dataset, old) : removeRows(name, dataset, old);
                removed.add(new Removed("versions of dataset " + name, old.size(), 0));
                removed.add(new Removed("rows of these versions of dataset " + name, count, 0));
            }
        });
        return removed;
    }

    private long removeRows(String name, long dataset, List<Long> old) {
        long count = 0;
        List<Long> next = versions.rowsOfNone(dataset, old, CHUNK);
        while (!next.isEmpty()) {
            ErasedRows gone = new ErasedRows(dataset, name, Set.copyOf(next), old, Instant.now(), Optional.empty());
            stores.forEach(store -> store.erase(gone));
            List<Long> chunk = next;
            transactions.executeWithoutResult(status -> rows.delete(dataset, chunk));
            count += next.size();
            next = versions.rowsOfNone(dataset, old, CHUNK);
        }
        return count;
    }
}
