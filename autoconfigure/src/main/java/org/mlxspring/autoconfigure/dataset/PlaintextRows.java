package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.engine.data.Split;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves rows that earlier releases kept unencrypted, in {@code mlx_dataset_rows}, into the sealed pool at start: version
 * by version, chunk by chunk, each as an import of its own. Broken off, the next start goes on; instances that start
 * together do the same chunks, which are taken once. When all are moved the table is gone.
 */
final class PlaintextRows {

    private static final Logger LOG = LoggerFactory.getLogger(PlaintextRows.class);
    private static final int CHUNK = 200;

    private final MlxDatabase database;
    private final TransactionOperations transactions;
    private final JdbcTemplate jdbc;
    private final TurnTable table;
    private final Turns turns;
    private final ChunkIntake chunks;
    private final ImportedRows rows;
    private final VersionContent content;

    PlaintextRows(MlxDatabase database, Keyring keyring, ErasedHashes erased, DatasetProperties properties) {
        this.database = database;
        transactions = database.transactions();
        jdbc = new JdbcTemplate(database.dataSource());
        table = new TurnTable(database.jdbc());
        rows = new ImportedRows(jdbc);
        turns = new Turns(transactions, table, rows, properties);
        chunks = new ChunkIntake(keyring, erased, table, rows);
        content = new VersionContent(database.dataSource());
    }

    /** Moves all that is there. */
    void move() {
        if (!isThere()) {
            return;
        }
        List<OldVersion> old = jdbc.query(
                "select v.id, v.dataset_id, v.version, v.kind, v.created_by from mlx_dataset_versions v"
                        + " where exists (select 1 from mlx_dataset_rows r where r.version_id = v.id)"
                        + " order by v.dataset_id, v.version",
                (row, index) -> new OldVersion(
                        row.getLong(1),
                        row.getLong(2),
                        row.getInt(3),
                        Optional.ofNullable(row.getString(4)).map(RowKind::valueOf),
                        row.getString(5)));
        if (!old.isEmpty()) {
            LOG.info("Sealing the rows of {} dataset versions, which are still stored unencrypted.", old.size());
        }
        old.forEach(this::move);
        jdbc.execute("drop table if exists mlx_dataset_rows");
    }

    private void move(OldVersion version) {
        long importId = importOf(version);
        Turn turn = turns.take(version.datasetId(), importId, () -> version.turn(importId));
        long position = 0;
        for (Split split : Split.values()) {
            position = move(version, turn, split, position);
        }
        transactions.executeWithoutResult(status -> end(version, turns.hold(importId)));
    }

    private long move(OldVersion version, Turn turn, Split split, long from) {
        long position = from;
        int last = -1;
        for (List<OldRow> chunk = chunk(version, split, last); !chunk.isEmpty(); chunk = chunk(version, split, last)) {
            last = chunk.getLast().index();
            List<NewRow> sealable = chunk.stream()
                    .filter(row -> isSealable(version, split, row))
                    .map(row -> version.row(row, split))
                    .toList();
            long at = position;
            transactions.executeWithoutResult(status -> {
                Turn held = turns.hold(turn.importId());
                if (held.state() == Turn.State.OPEN) {
                    chunks.add(held, at, sealable);
                }
            });
            position += sealable.size();
        }
        return position;
    }

    /** Hashes the version anew, since its rows have fingerprints now, and removes what was unencrypted. */
    private void end(OldVersion version, Turn turn) {
        if (turn.state() != Turn.State.OPEN) {
            return;
        }
        rows.endUnseen(turn);
        Map<Split, Integer> counts = content.counts(version.datasetId(), version.number());
        jdbc.update(
                "update mlx_dataset_versions set hash = ?, kind = ?, train_rows = ?, valid_rows = ?, test_rows = ?"
                        + " where id = ?",
                content.hash(version.datasetId(), version.number()),
                turn.kind().orElse(RowKind.ANSWER).name(),
                counts.get(Split.TRAIN),
                counts.get(Split.VALID),
                counts.get(Split.TEST),
                version.id());
        jdbc.update("delete from mlx_dataset_rows where version_id = ?", version.id());
        table.end(turn.importId(), Turn.State.DONE, version.id());
        LOG.info("The rows of version {} of dataset number {} are sealed.", version.number(), version.datasetId());
    }

    private List<OldRow> chunk(OldVersion version, Split split, int last) {
        return jdbc.query(
                "select row_index, content from mlx_dataset_rows where version_id = ? and split = ? and row_index > ?"
                        + " order by version_id, split, row_index limit " + CHUNK,
                (row, index) -> new OldRow(row.getInt(1), row.getString(2)),
                version.id(),
                split.label(),
                last);
    }

    /** Noted with the version first, so that a start that was broken off is gone on with. */
    private long importOf(OldVersion version) {
        jdbc.update(
                "update mlx_dataset_versions set import_id = ? where id = ? and import_id is null",
                database.next("mlx_import_seq"),
                version.id());
        return Objects.requireNonNull(jdbc.queryForObject(
                "select import_id from mlx_dataset_versions where id = ?", Long.class, version.id()));
    }

    private boolean isThere() {
        Integer count = jdbc.queryForObject(
                "select count(*) from information_schema.tables where lower(table_name) = 'mlx_dataset_rows'"
                        + " and table_schema = current_schema",
                Integer.class);
        return count != null && count > 0;
    }

    private static boolean isSealable(OldVersion version, Split split, OldRow row) {
        boolean fits = ChunkIntake.size(row.content()) <= RowIntake.LARGEST;
        if (!fits) {
            LOG.warn(
                    "Left out row {} of {}, version {} of dataset number {}: it has more than {} bytes.",
                    row.index(),
                    split.fileName(),
                    version.number(),
                    version.datasetId(),
                    RowIntake.LARGEST);
        }
        return fits;
    }

    private record OldRow(int index, String content) {}

    private record OldVersion(long id, long datasetId, int number, Optional<RowKind> kind, String createdBy) {

        Turn turn(long importId) {
            return new Turn(
                    importId,
                    datasetId,
                    number,
                    IntakeMode.REPLACE,
                    Set.of(),
                    kind,
                    Turn.State.OPEN,
                    0,
                    Optional.empty(),
                    createdBy,
                    Instant.now());
        }

        NewRow row(OldRow old, Split split) {
            Map<String, @Nullable Object> object = RowJson.read(old.content());
            RowKind own = object.containsKey("chosen") && object.containsKey("rejected")
                    ? RowKind.PREFERENCE
                    : RowKind.ANSWER;
            return new NewRow(
                    RowJson.write(object),
                    kind.orElse(own),
                    Optional.of(split),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
