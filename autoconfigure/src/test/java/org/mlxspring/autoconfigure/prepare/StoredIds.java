package org.mlxspring.autoconfigure.prepare;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.StoredRow;
import org.mlxspring.engine.data.PreparedFolder;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.files.Storage;
import org.mlxspring.engine.train.TrainData;

/** What is in a store and what should be, by split. */
final class StoredIds {

    private StoredIds() {}

    static Map<Split, List<Long>> inStore(TrainData.Prepared data) {
        Map<Split, List<Long>> ids = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            TokenizedRows rows = rows(data, split);
            ids.put(split, IntStream.range(0, rows.size()).mapToObj(rows::id).toList());
        }
        return ids;
    }

    static TokenizedRows rows(TrainData.Prepared data, Split split) {
        return new PreparedFolder(data.folder(), Storage.sealed(data.key()))
                .segments(split)
                .open();
    }

    static Map<Split, List<Long>> inDatabase(DatasetRows rows, long versionId) {
        Map<Split, List<Long>> ids = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            ids.put(
                    split,
                    rows.page(versionId, split, 0, Integer.MAX_VALUE).stream()
                            .map(StoredRow::id)
                            .toList());
        }
        return ids;
    }
}
