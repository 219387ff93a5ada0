package org.mlxspring.autoconfigure.dataset;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.data.Split;

/**
 * Chooses the split of a training row where the version came without {@code valid} or {@code test}: 10 % each, by the
 * hash of the row, so that the same row always lands in the same split.
 */
final class RowSplit {

    private final Set<Split> missing;
    private final Map<Split, Place> spare = new EnumMap<>(Split.class);

    /** @param missing the splits to fill from the training rows */
    RowSplit(Set<Split> missing) {
        this.missing = missing;
    }

    /** The split of a training row that would be stored at {@code index} of the training split if it stayed there. */
    Split of(String row, int index) {
        long hash = RowHash.of(row);
        Split chosen = chosen(hash);
        if (chosen == Split.TRAIN) {
            remember(Split.VALID, hash, index);
            remember(Split.TEST, -hash, index);
        }
        return chosen;
    }

    /** For a split that stayed empty because there are few rows: the training row to move there. */
    Optional<Integer> spareFor(Split split) {
        return Optional.ofNullable(spare.get(split)).map(Place::index);
    }

    private Split chosen(long hash) {
        long bucket = hash % 10;
        if (bucket == 0 && missing.contains(Split.VALID)) {
            return Split.VALID;
        }
        return bucket == 1 && missing.contains(Split.TEST) ? Split.TEST : Split.TRAIN;
    }

    /** Keeps the row with the smallest rank: for valid that of the smallest hash, for test that of the largest. */
    private void remember(Split split, long rank, int index) {
        @Nullable Place best = spare.get(split);
        if (best == null || rank < best.rank()) {
            spare.put(split, new Place(rank, index));
        }
    }

    private record Place(long rank, int index) {}
}
