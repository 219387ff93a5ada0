package org.mlxspring.autoconfigure.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.problem.ProblemException;

/** Adds a chunk of rows to the pool inside of its caller's transaction, which holds the turn. */
final class ChunkIntake {

    private final Keyring keyring;
    private final ErasedHashes erased;
    private final TurnTable turns;
    private final ImportedRows rows;

    ChunkIntake(Keyring keyring, ErasedHashes erased, TurnTable turns, ImportedRows rows) {
        this.keyring = keyring;
        this.erased = erased;
        this.turns = turns;
        this.rows = rows;
    }

    /** @param from position in the import of the first of the rows; those that were taken before are left out */
    IntakeCounts add(Turn turn, long from, List<NewRow> all) {
        if (from > turn.taken()) {
            throw new IllegalArgumentException("Import " + turn.importId() + " took " + turn.taken()
                    + " rows, and goes on with row " + from + "; rows between them are missing.");
        }
        List<NewRow> chunk = all.subList((int) Math.min(turn.taken() - from, all.size()), all.size());
        if (chunk.isEmpty()) {
            return new IntakeCounts(0, 0, 0);
        }
        RowKind kind = requireUsable(turn, chunk);
        RowSecrets secrets = new RowSecrets(keyring.of(turn.datasetId()));
        List<Incoming> given =
                chunk.stream().map(row -> Incoming.of(row, secrets)).toList();
        List<Incoming> incoming = erased.without(turn.datasetId(), given);
        List<ByteBuffer> fingerprints =
                incoming.stream().map(Incoming::fingerprint).distinct().toList();
        List<ByteBuffer> keys = incoming.stream()
                .map(Incoming::key)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        ChunkPlan plan = new ChunkPlan(turn, rows.pool(turn, fingerprints, keys));
        incoming.forEach(plan::place);
        rows.end(turn, plan.ended());
        rows.keep(turn, plan.kept());
        rows.insert(turn, plan.inserts(), secrets);
        turns.took(turn.importId(), turn.taken() + chunk.size(), kind);
        return plan.counts().withKeptOut(given.size() - incoming.size());
    }

    private static RowKind requireUsable(Turn turn, List<NewRow> chunk) {
        RowKind kind = turn.kind().orElse(chunk.getFirst().kind());
        long position = turn.taken();
        for (NewRow row : chunk) {
            position++;
            if (row.kind() != kind) {
                throw ProblemException.invalid(
                        "Mixed rows",
                        "Row " + position + " of the import is of kind " + row.kind()
                                + ", and the rows before it, or of" + " the dataset, are of kind " + kind
                                + "; keep preferences in a dataset of their own.",
                        Map.of("row", position));
            }
            int bytes = Math.max(
                    size(row.json()), row.original().map(ChunkIntake::size).orElse(0));
            if (bytes > RowIntake.LARGEST) {
                throw ProblemException.invalid(
                        "Row too large",
                        "Row " + position + " of the import has " + bytes + " bytes; a row has at most "
                                + RowIntake.LARGEST + ".",
                        Map.of("row", position));
            }
        }
        return kind;
    }

    /** Bytes in UTF-8, of which a character has three at most; counted only where that matters. */
    static int size(String json) {
        return json.length() <= RowIntake.LARGEST / 3 ? json.length() : json.getBytes(StandardCharsets.UTF_8).length;
    }
}
