package org.mlxspring.autoconfigure.prepare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.engine.data.EncodedRow;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenStore;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes what a chunk has of each split as a segment, whole or not at all. */
final class SegmentWriter implements ItemWriter<TokenPage> {

    private final DatasetRows rows;
    private final long versionId;
    private final StoreFolder folder;
    private final TokenStore.Origin origin;

    SegmentWriter(DatasetRows rows, long versionId, StoreFolder folder, TokenStore.Origin origin) {
        this.rows = rows;
        this.versionId = versionId;
        this.folder = folder;
        this.origin = origin;
    }

    @Override
    public void write(Chunk<? extends TokenPage> pages) {
        Map<Split, List<EncodedRow>> bySplit = new EnumMap<>(Split.class);
        for (TokenPage page : pages) {
            bySplit.computeIfAbsent(page.split(), split -> new ArrayList<>()).addAll(page.rows());
        }
        bySplit.forEach(this::write);
    }

    private void write(Split split, List<EncodedRow> segment) {
        folder.segments(split).append(origin, segment);
        // An erasure that looked at this folder before the segment was there has removed its rows from the database.
        Set<Long> erased = new HashSet<>();
        segment.forEach(row -> erased.add(row.id()));
        rows.ids(versionId, split, segment.getFirst().id(), segment.getLast().id())
                .forEach(erased::remove);
        if (!erased.isEmpty()) {
            folder.without(erased);
        }
    }
}
