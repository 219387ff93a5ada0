package org.mlxspring.autoconfigure.erasure;

import java.util.ArrayList;
import java.util.List;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.ErasedHashes;
import org.mlxspring.autoconfigure.dataset.ErasedRows;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.dataset.VersionErasure;

/** The last look of an erasure: at the table of rows, at the versions' hashes, and into every store. */
final class Verification {

    /** How many ids are asked for in one query. */
    private static final int CHUNK = 500;

    private final ErasureRows records;
    private final RowErasure rows;
    private final ErasedHashes hashes;
    private final VersionErasure versions;
    private final List<ErasableStore> stores;
    private final ErasureProperties properties;

    Verification(
            ErasureRows records,
            RowErasure rows,
            ErasedHashes hashes,
            VersionErasure versions,
            List<ErasableStore> stores,
            ErasureProperties properties) {
        this.records = records;
        this.rows = rows;
        this.hashes = hashes;
        this.versions = versions;
        this.stores = List.copyOf(stores);
        this.properties = properties;
    }

    /**
     * What is left of the rows, place by place.
     *
     * @param before what was removed where
     */
    List<ErasureReport.ErasedPlace> look(long erasure, List<ErasureReport.ErasedPlace> before) {
        List<ErasedRows> all = records.targets(erasure).stream()
                .map(target -> records.erasedRows(erasure, target))
                .toList();
        List<ErasureReport.ErasedPlace> places = new ArrayList<>();
        places.add(place(
                "rows",
                all.stream().map(this::rows).toList(),
                all.stream().mapToLong(erased -> erased.rows().size()).sum()));
        places.add(place("hashes of versions", all.stream().map(this::versions).toList(), 0));
        for (ErasableStore store : stores) {
            long removed = before.stream()
                    .filter(line -> line.place().equals(store.place()))
                    .mapToLong(ErasureReport.ErasedPlace::removed)
                    .sum();
            places.add(place(store.place(), all.stream().map(store::look).toList(), removed));
        }
        return places;
    }

    private ErasableStore.Holding rows(ErasedRows erased) {
        List<Long> ids = List.copyOf(erased.rows());
        long left = 0;
        for (int from = 0; from < ids.size(); from += CHUNK) {
            left += rows.left(erased.datasetId(), ids.subList(from, Math.min(from + CHUNK, ids.size())));
        }
        if (erased.subject().isPresent()) {
            left += rows.ofSubject(erased.datasetId(), erased.subject().get()).size();
        }
        if (properties.keepOut()) {
            left += hashes.cameBack(erased.datasetId());
        }
        return new ErasableStore.Holding(rows.count(erased.datasetId()), left);
    }

    private ErasableStore.Holding versions(ErasedRows erased) {
        long wrong = erased.versions().stream().filter(versions::differs).count();
        return new ErasableStore.Holding(erased.versions().size(), wrong);
    }

    private static ErasureReport.ErasedPlace place(String name, List<ErasableStore.Holding> seen, long removed) {
        return new ErasureReport.ErasedPlace(
                name,
                removed,
                seen.stream().mapToLong(ErasableStore.Holding::examined).sum(),
                seen.stream().mapToLong(ErasableStore.Holding::left).sum());
    }
}
