package org.mlxspring.autoconfigure.check;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.mlxspring.engine.data.Split;

/**
 * Finds rows that are nearly the same: candidates by {@link Bands} of their signatures, one band after the other, each judged
 * by the similarity that the two signatures estimate.
 *
 * <p>Of the rows that share a band, each is compared with the first different ones, {@value #LEADERS} at most, so that the
 * work grows with the number of rows and not with its square.
 */
final class NearDuplicates {

    /** Rows of one split that the others of a group are compared with. */
    private static final int LEADERS = 16;

    private final ComparedRows rows;
    private final SignatureFile signatures;
    private final Duplicates duplicates;
    private final double similarity;
    private final Bands bands;
    private final BitSet foundInSplit = new BitSet();
    private final BitSet foundInTrain = new BitSet();

    /**
     * @param duplicates exact ones, already found; they are not told again
     * @param similarity from which on two rows are nearly the same, above 0, at most 1
     */
    NearDuplicates(ComparedRows rows, SignatureFile signatures, Duplicates duplicates, double similarity) {
        this.rows = rows;
        this.signatures = signatures;
        this.duplicates = duplicates;
        this.similarity = similarity;
        bands = Bands.finding(similarity);
    }

    void find(Consumer<CheckFinding> sink) {
        for (int band = 0; band < bands.count(); band++) {
            int from = band * bands.width();
            SameKey.groups(rows.size(), row -> key(row, from), group -> compare(group, sink));
        }
    }

    private long key(int row, int from) {
        return duplicates.contains(row) || !signatures.has(row)
                ? SameKey.NONE
                : signatures.hash(row, from, from + bands.width());
    }

    private void compare(int[] group, Consumer<CheckFinding> sink) {
        Map<Split, Leaders> leaders = new EnumMap<>(Split.class);
        for (int row : group) {
            Split split = rows.split(row);
            Leaders train = leaders.get(Split.TRAIN);
            if (split != Split.TRAIN && train != null && !foundInTrain.get(row)) {
                train.like(row, (other, alike) -> {
                    foundInTrain.set(row);
                    sink.accept(CheckFinding.alike(
                            CheckName.NEAR_IN_TRAIN_AND_HELD_OUT,
                            rows.id(row),
                            rows.id(other),
                            alike,
                            rows.splitName(row) + " row nearly as one in train"));
                });
            }
            Leaders ofSplit = leaders.computeIfAbsent(split, first -> new Leaders(group.length));
            if (!foundInSplit.get(row)) {
                ofSplit.like(row, (other, alike) -> {
                    foundInSplit.set(row);
                    sink.accept(CheckFinding.alike(
                            CheckName.NEAR_DUPLICATE,
                            rows.id(row),
                            rows.id(other),
                            alike,
                            "nearly twice in " + rows.splitName(row)));
                });
            }
            ofSplit.add(row);
        }
    }

    private interface Alike {
        void take(int other, double similarity);
    }

    /** The first rows of a group that are of one split. */
    private final class Leaders {

        private final int[] leaders;
        private int count;

        Leaders(int group) {
            leaders = new int[Math.min(group, LEADERS)];
        }

        void add(int row) {
            if (count < leaders.length) {
                leaders[count++] = row;
            }
        }

        /** Tells the first leader that the row is nearly the same as. */
        void like(int row, Alike sink) {
            for (int i = 0; i < count; i++) {
                double alike = signatures.similarity(row, leaders[i]);
                if (alike >= similarity) {
                    sink.take(leaders[i], alike);
                    return;
                }
            }
        }
    }
}
