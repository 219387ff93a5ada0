package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * How rows get into a dataset: begin once, add chunk by chunk, finish. Each call is one transaction, or part of that of
 * its caller. One import per dataset has its turn at a time, the others wait. It can be broken off anywhere: whoever
 * begins with the same import id goes on.
 */
public class RowIntake {

    /** Most bytes of a row in UTF-8. */
    public static final int LARGEST = 1_000_000;

    private final MlxDatabase database;
    private final TransactionOperations transactions;
    private final DatasetNames names;
    private final TurnTable table;
    private final Turns turns;
    private final ChunkIntake chunks;
    private final NewVersions versions;

    RowIntake(MlxDatabase database, Keyring keyring, ErasedHashes erased, DatasetProperties properties) {
        this.database = database;
        transactions = database.transactions();
        names = new DatasetNames(database);
        table = new TurnTable(database.jdbc());
        ImportedRows rows = new ImportedRows(new JdbcTemplate(database.dataSource()));
        turns = new Turns(transactions, table, rows, properties);
        chunks = new ChunkIntake(keyring, erased, table, rows);
        versions = new NewVersions(database, rows);
    }

    /** The id of a new import. */
    public long nextImport() {
        return database.next("mlx_import_seq");
    }

    /**
     * The id of a dataset, made if there is none: what is kept for an import before its turn is sealed with its keys.
     *
     * @throws ProblemException if the name is unusable
     */
    public long dataset(String name) {
        return names.open(name);
    }

    /** @throws ProblemException if there is no such dataset; it lists those there are */
    public void requireDataset(String name) {
        names.get(name);
    }

    /**
     * Waits until the import has its turn; makes the dataset if there is none. Not inside a transaction.
     *
     * @param dataset name of the dataset
     * @param importId from {@link #nextImport}; the same to go on
     * @param drawn the splits besides {@code TRAIN} that rows without a split of their own are drawn for, 10 % each:
     *     {@code VALID} and {@code TEST}, without those that the source fills itself
     * @param user who adds the rows
     * @throws ProblemException if the name is unusable, the import was given up, or its turn does not come in time
     */
    public Intake begin(String dataset, long importId, IntakeMode mode, Set<Split> drawn, String user) {
        long datasetId = names.open(dataset);
        return turns.take(datasetId, importId, () -> versions.turn(datasetId, importId, mode, drawn, user))
                .intake();
    }

    /**
     * Adds a chunk. Rows that the import took before are left out, so that a chunk can be given again.
     *
     * @param from position of the first of the rows in the import, from 0
     * @param rows a few hundred to a few thousand
     * @throws ProblemException if a row is too large or of another kind than the rows before it, by its position; or if
     *     the import was given up
     */
    public IntakeCounts add(Intake intake, long from, List<NewRow> rows) {
        return Objects.requireNonNull(
                transactions.execute(status -> chunks.add(turns.hold(intake.importId()), from, rows)));
    }

    /**
     * Ends an import that began; the caller says so in the audit log.
     *
     * @param importId the one that it began with
     * @return the new version, {@link VersionState#BUILDING}; or the one with the same rows that was there
     * @throws ProblemException if there is no row at all; or, of {@link IntakeMode#REPLACE}, none for one of the splits
     */
    public DatasetVersion finish(long importId) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Turn turn = turns.hold(importId);
            if (turn.versionId().isPresent()) {
                return versions.get(turn.versionId().get());
            }
            DatasetVersion version = versions.finish(turn);
            table.end(turn.importId(), Turn.State.DONE, version.id());
            return version;
        }));
    }

    /** Takes back all that an import did, and gives its turn to the next; one that never began, or is over, stays as it is. */
    public void abandon(long importId) {
        turns.abandon(importId);
    }

    /**
     * Does something with a dataset while no import is under way, such as changing its keys. It has a turn like an import:
     * those that are under way are waited for, and those that come meanwhile wait.
     *
     * @throws ProblemException if there is no such dataset, or an import takes too long
     */
    <T> T alone(String dataset, String user, Alone<T> work) {
        long datasetId = names.get(dataset).id();
        long id = nextImport();
        turns.take(datasetId, id, () -> versions.turn(datasetId, id, IntakeMode.APPEND, Set.of(), user));
        try {
            return work.on(datasetId, () -> turns.alive(id));
        } finally {
            table.end(id, Turn.State.DONE, null);
        }
    }

    /** What is done with a dataset while no import is under way. */
    interface Alone<T> {

        /** @param alive to be called every now and then, so that nobody takes this for dead and begins an import */
        T on(long datasetId, Runnable alive);
    }

    /** Whether an import was given up and taken back, so that it can only begin anew, under another id. */
    public boolean givenUp(long importId) {
        return table.find(importId)
                .filter(turn -> turn.state() == Turn.State.ABANDONED)
                .isPresent();
    }

    /** Ends the building of a version: runs may use it, or it is blocked. */
    public void ready(long versionId, boolean blocked) {
        versions.ready(versionId, blocked ? VersionState.BLOCKED : VersionState.READY);
    }
}
