package org.mlxspring.autoconfigure.dataset;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mlxspring.engine.data.Split;

/**
 * Decides what becomes of each row of a chunk, given the rows of the pool that it could be the same as: kept, new, or in
 * the place of one with its key.
 */
final class ChunkPlan {

    private final Turn turn;
    private final Map<ByteBuffer, List<PoolRow>> byFingerprint = new HashMap<>();
    private final Map<ByteBuffer, List<PoolRow>> byKey = new HashMap<>();
    private final Map<PoolRow, Incoming> inserts = new LinkedHashMap<>();
    private final Map<PoolRow, Incoming> kept = new LinkedHashMap<>();
    private final List<PoolRow> ended = new ArrayList<>();
    private int addedCount;
    private int keptCount;
    private int changedCount;

    /** @param pool the rows of the pool, ended ones among them, that have a fingerprint or key of the chunk */
    ChunkPlan(Turn turn, List<PoolRow> pool) {
        this.turn = turn;
        pool.forEach(this::know);
    }

    void place(Incoming row) {
        Optional<PoolRow> sameKey = row.key().flatMap(this::liveWithKey);
        if (sameKey.isPresent()) {
            PoolRow there = sameKey.get();
            if (there.fingerprint().equals(row.fingerprint())
                    && turn.allows(row.row().split(), there.split())) {
                keep(there, row);
            } else {
                change(there, row);
            }
            return;
        }
        Optional<PoolRow> sameContent = liveWithContent(row);
        if (sameContent.isPresent()) {
            keep(sameContent.get(), row);
        } else {
            insert(row, row.row().split().orElseGet(() -> earlierSplit(row)));
            addedCount++;
        }
    }

    /** Rows to store, with what they come from. */
    Map<PoolRow, Incoming> inserts() {
        return inserts;
    }

    /** Stored rows that stay, with what they were found by. */
    Map<PoolRow, Incoming> kept() {
        return kept;
    }

    /** Stored rows that end. */
    List<PoolRow> ended() {
        return ended;
    }

    IntakeCounts counts() {
        return new IntakeCounts(addedCount, keptCount, changedCount);
    }

    private Optional<PoolRow> liveWithKey(ByteBuffer key) {
        return byKey.getOrDefault(key, List.of()).stream()
                .filter(PoolRow::isLive)
                .findFirst();
    }

    /** Rows of different keys are different rows; one without a key is taken over by the first key that comes for it. */
    private Optional<PoolRow> liveWithContent(Incoming row) {
        return byFingerprint.getOrDefault(row.fingerprint(), List.of()).stream()
                .filter(PoolRow::isLive)
                .filter(there -> turn.allows(row.row().split(), there.split()))
                .filter(there -> row.key().isEmpty() || there.key().isEmpty())
                .filter(there -> turn.mode() == IntakeMode.APPEND || !there.isSeen())
                .findFirst();
    }

    private void keep(PoolRow there, Incoming row) {
        keptCount++;
        boolean takesOver = row.key().isPresent() && there.key().isEmpty();
        if (takesOver) {
            there.takeKey(row.key().get());
            byKey.computeIfAbsent(row.key().get(), key -> new ArrayList<>()).add(there);
        }
        boolean note = takesOver || row.subject().isPresent() || turn.mode() == IntakeMode.REPLACE && !there.isSeen();
        there.see();
        if (note && there.isStored()) {
            kept.put(there, row);
        }
    }

    private void change(PoolRow there, Incoming row) {
        changedCount++;
        there.end();
        if (there.isStored()) {
            kept.remove(there);
            ended.add(there);
        } else {
            inserts.remove(there);
        }
        insert(row, row.row().split().orElse(there.split()));
    }

    private void insert(Incoming row, Split split) {
        PoolRow made = new PoolRow(PoolRow.NEW, row.fingerprint(), split, turn.version(), row.key(), true, true);
        know(made);
        inserts.put(made, row);
    }

    /** Where the row, or one of its key, stood before; so that nothing moves between training and validation. */
    private Split earlierSplit(Incoming row) {
        Stream<PoolRow> sameKey = row.key().stream().flatMap(key -> byKey.getOrDefault(key, List.of()).stream());
        Stream<PoolRow> sameContent = byFingerprint.getOrDefault(row.fingerprint(), List.of()).stream();
        return Stream.concat(sameKey, sameContent)
                .map(PoolRow::split)
                .filter(split -> turn.allows(Optional.empty(), split))
                .findFirst()
                .orElseGet(() -> SplitDraw.of(row.fingerprint(), turn.drawn()));
    }

    private void know(PoolRow row) {
        byFingerprint
                .computeIfAbsent(row.fingerprint(), print -> new ArrayList<>())
                .add(row);
        row.key().ifPresent(key -> byKey.computeIfAbsent(key, each -> new ArrayList<>())
                .add(row));
    }
}
