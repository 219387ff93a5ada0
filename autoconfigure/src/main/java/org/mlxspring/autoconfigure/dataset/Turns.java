package org.mlxspring.autoconfigure.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.Turn.State;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/** Gives imports of a dataset their turns, one after the other, on all instances that share the database. */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final TransactionOperations transactions;
    private final TurnTable table;
    private final ImportedRows rows;
    private final DatasetProperties properties;

    Turns(TransactionOperations transactions, TurnTable table, ImportedRows rows, DatasetProperties properties) {
        this.transactions = transactions;
        this.table = table;
        this.rows = rows;
        this.properties = properties;
    }

    /** Makes the turn of an import, given that nobody else has one; inside of a transaction. */
    interface Opening {
        Turn open();
    }

    /**
     * The turn of an import that goes on, or a new one, as soon as it is free.
     *
     * @throws ProblemException if the import was given up, or others take too long
     */
    Turn take(long datasetId, long importId, Opening opening) {
        Instant limit = Instant.now().plus(properties.importWait());
        while (true) {
            Optional<Turn> mine = table.find(importId);
            if (mine.isPresent()) {
                return goOn(mine.get());
            }
            Optional<Turn> holder = table.holder(datasetId);
            if (holder.isEmpty()) {
                Optional<Turn> taken = open(datasetId, opening);
                if (taken.isPresent()) {
                    return taken.get();
                }
            } else if (isDead(holder.get())) {
                giveUp(holder.get());
            } else if (Instant.now().isAfter(limit)) {
                throw busy(holder.get());
            }
            pause();
        }
    }

    /**
     * Holds the turn of an import until the end of the transaction.
     *
     * @throws ProblemException if the import was given up
     */
    Turn hold(long importId) {
        Turn turn = table.lock(importId).orElseThrow(() -> new IllegalArgumentException("Unknown import " + importId));
        requireNotGivenUp(turn);
        return turn;
    }

    /**
     * Says that whoever has the turn is alive.
     *
     * @throws ProblemException if it was given up
     */
    void alive(long importId) {
        goOn(table.find(importId).orElseThrow(() -> new IllegalArgumentException("Unknown import " + importId)));
    }

    /** Takes back what an import did, and ends its turn. */
    void giveUp(Turn turn) {
        transactions.executeWithoutResult(status -> table.lock(turn.importId())
                .filter(locked ->
                        locked.state() == State.OPEN && locked.seenAt().equals(turn.seenAt()))
                .ifPresent(this::undo));
    }

    /** Takes back what an import did, whatever it did last. */
    void abandon(long importId) {
        transactions.executeWithoutResult(status -> table.lock(importId)
                .filter(locked -> locked.state() == State.OPEN)
                .ifPresent(this::undo));
    }

    private void undo(Turn turn) {
        rows.undo(turn);
        table.end(turn.importId(), State.ABANDONED, null);
        LOG.info("Import {} was given up after {} rows; all it did was taken back.", turn.importId(), turn.taken());
    }

    private Turn goOn(Turn turn) {
        requireNotGivenUp(turn);
        table.seen(turn.importId());
        return turn;
    }

    /**
     * The number of the version is drawn while nobody can come or go: drawn before the turn is taken, an import that ends
     * in between would have made a version of the same number.
     */
    private Optional<Turn> open(long datasetId, Opening opening) {
        try {
            return Objects.requireNonNull(transactions.execute(status -> {
                table.lockDataset(datasetId);
                if (table.holder(datasetId).isPresent()) {
                    return Optional.empty();
                }
                Turn turn = opening.open();
                table.open(turn);
                return Optional.of(turn);
            }));
        } catch (DuplicateKeyException | ConcurrencyFailureException e) {
            LOG.debug("Another import was faster.");
            return Optional.empty();
        }
    }

    private boolean isDead(Turn holder) {
        return holder.seenAt().isBefore(Instant.now().minus(properties.importTimeout()));
    }

    private static void requireNotGivenUp(Turn turn) {
        if (turn.state() == State.ABANDONED) {
            throw ProblemException.conflict(
                    "Import given up",
                    "Import " + turn.importId() + " was given up and taken back, last seen at " + turn.seenAt()
                            + "; begin a new one.",
                    Map.of("import", turn.importId()));
        }
    }

    private static ProblemException busy(Turn holder) {
        return ProblemException.conflict(
                "Dataset is busy",
                "Import " + holder.importId() + ", by " + holder.user() + ", is adding rows to this dataset, last at "
                        + holder.seenAt() + "; try again when it is done.",
                Map.of("import", holder.importId()));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The application stops while an import waits for its turn.", e);
        }
    }
}
