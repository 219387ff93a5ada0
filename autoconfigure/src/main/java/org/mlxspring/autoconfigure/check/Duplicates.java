package org.mlxspring.autoconfigure.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.mlxspring.engine.data.Split;

/** Finds rows that stand in a version more than once: in the same split, or in training and in a held-out split. */
final class Duplicates {

    private final ComparedRows rows;
    private final BitSet found = new BitSet();

    Duplicates(ComparedRows rows) {
        this.rows = rows;
    }

    void find(Consumer<CheckFinding> sink) {
        SameKey.groups(rows.size(), rows::content, group -> {
            Map<Copy, Integer> first = new HashMap<>();
            for (int row : group) {
                report(row, first, sink);
                first.putIfAbsent(copy(row, rows.split(row)), row);
            }
        });
    }

    /** Whether a row was found to be the copy of one before it. */
    boolean contains(int row) {
        return found.get(row);
    }

    private void report(int row, Map<Copy, Integer> first, Consumer<CheckFinding> sink) {
        Split split = rows.split(row);
        Integer inTrain = split == Split.TRAIN ? null : first.get(copy(row, Split.TRAIN));
        Integer inSame = first.get(copy(row, split));
        if (inTrain != null) {
            found.set(row);
            sink.accept(CheckFinding.of(
                    CheckName.IN_TRAIN_AND_HELD_OUT,
                    rows.id(row),
                    rows.id(inTrain),
                    rows.splitName(row) + " row that stands in train"));
        }
        if (inSame != null) {
            found.set(row);
            sink.accept(CheckFinding.of(
                    CheckName.DUPLICATE, rows.id(row), rows.id(inSame), "twice in " + rows.splitName(row)));
        }
    }

    private Copy copy(int row, Split split) {
        return new Copy(rows.content(row), split);
    }

    private record Copy(long content, Split split) {}
}
