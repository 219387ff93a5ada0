package org.mlxspring.autoconfigure.prepare;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.StoredRow;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenSegments;
import org.mlxspring.engine.data.TokenStore;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the rows of a version page by page, each split from the first row that its segments do not have: what is on the disk
 * decides, so that a run goes on with what another one began.
 */
final class RowPages implements ItemReader<RowPage> {

    private static final int MOST_ROWS = 512;
    /** Characters that a page should not have many more of; a row alone may have a million. */
    private static final int WANTED_CHARACTERS = 1 << 20;

    private final DatasetRows rows;
    private final long versionId;
    private final StoreFolder folder;
    private final BooleanSupplier stopWanted;
    private int split;
    private long after;
    private int limit = MOST_ROWS / 8;

    RowPages(DatasetRows rows, long versionId, StoreFolder folder, BooleanSupplier stopWanted) {
        this.rows = rows;
        this.versionId = versionId;
        this.folder = folder;
        this.stopWanted = stopWanted;
        this.after = lastRow(Split.values()[0]);
    }

    @Override
    public @Nullable RowPage read() {
        if (stopWanted.getAsBoolean()) {
            throw new PreparationStoppedException();
        }
        while (split < Split.values().length) {
            Split current = Split.values()[split];
            List<StoredRow> page = rows.page(versionId, current, after, limit);
            if (!page.isEmpty()) {
                after = page.getLast().id();
                limit = nextLimit(page);
                return new RowPage(current, page);
            }
            split++;
            after = split < Split.values().length ? lastRow(Split.values()[split]) : 0;
        }
        return null;
    }

    private static int nextLimit(List<StoredRow> page) {
        long characters = page.stream().mapToLong(row -> row.json().length()).sum();
        return (int) Math.clamp(WANTED_CHARACTERS * (long) page.size() / Math.max(1, characters), 1, MOST_ROWS);
    }

    /** The id of the last row that is stored; segments whose rows were all erased are passed over. */
    private long lastRow(Split split) {
        TokenSegments segments = folder.segments(split);
        segments.removeAbandoned();
        segments.removeBehindGap();
        for (int number = segments.count() - 1; number >= 0; number--) {
            TokenStore segment = segments.segment(number);
            if (segment.size() > 0) {
                return segment.id(segment.size() - 1);
            }
        }
        return 0;
    }
}
