package org.mlxspring.autoconfigure.prepare;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.home.MlxHome;
import org.mlxspring.engine.data.RowCounts;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenStore;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.text.Tokenizer;
import org.mlxspring.engine.text.TokenizerException;
import org.mlxspring.engine.train.TrainData;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The token stores of dataset versions, in {@code tokens} of the home folder: one for each tokenizer, template, length and
 * target, made by the first run that needs it and used by all.
 */
public class PreparedTokens {

    private static final String KEY_LABEL = "tokens";

    private final TransactionOperations transactions;
    private final TokenStoreRepository stores;
    private final Keyring keyring;
    private final MlxHome home;
    private final AuditLog audit;
    private final PrepareJob job;

    PreparedTokens(
            MlxDatabase database, BatchEngine batch, DatasetRows rows, Keyring keyring, MlxHome home, AuditLog audit) {
        this.transactions = database.transactions();
        this.stores = database.repository(TokenStoreRepository.class);
        this.keyring = keyring;
        this.home = home;
        this.audit = audit;
        this.job = new PrepareJob(database, batch, rows);
    }

    /**
     * The store of a version: the one that is there, or a new one, which takes as long as the tokenizing does. Two who ask
     * for the same at once get the same: one makes it, the other waits. Broken off, it goes on with the next one who asks.
     *
     * @param stopWanted asked while it works or waits
     * @throws PreparationStoppedException if it was asked to stop
     * @throws PreparationFailedException if a row cannot be used, or the model has no usable tokenizer
     */
    public PreparedStore prepare(Preparation asked, BooleanSupplier stopWanted) {
        try (Tokenizer tokenizer = Tokenizer.load(asked.model())) {
            RowTokenizer rows = asked.trainMode().tokenizer(tokenizer, asked.lossMask());
            DatasetVersion version = asked.version();
            TokenStore.Origin origin =
                    rows.origin(RowKeys.standard(), "dataset '" + version.dataset() + "' version " + version.version());
            Optional<PreparedStore> store = Optional.empty();
            while (store.isEmpty()) {
                TokenStoreEntity entry = entry(version, StoreKey.of(origin, asked.maxSeqLength()));
                store = made(entry).or(() -> make(entry, asked, rows, origin, stopWanted));
            }
            return store.get();
        } catch (TokenizerException e) {
            throw new PreparationFailedException(String.valueOf(e.getMessage()));
        }
    }

    /** What a worker needs to train on a store; the key goes to its standard input and nowhere else. */
    public TrainData.Prepared data(PreparedStore store) {
        return new TrainData.Prepared(store.folder(), key(store.datasetId()));
    }

    /** The stores of a version, those among them that are being made. */
    public List<PreparedStore> of(long versionId) {
        return views(stores.findByVersionIdOrderById(versionId));
    }

    /** All stores, the oldest first. */
    public List<PreparedStore> all() {
        return views(stores.findAllByOrderById());
    }

    /**
     * Takes rows out of all stores of a version, those among them that are being made. To be called once the rows are gone
     * from the database and that is committed: what is tokenized afterwards does not have them. Broken off, it can be called
     * again.
     *
     * @return how many rows were taken out of the files
     */
    public int without(long versionId, Set<Long> rowIds) {
        int removed = 0;
        for (PreparedStore store : of(versionId)) {
            removed += folder(store).without(rowIds);
        }
        return removed;
    }

    /** How many rows the stores of a version have, and how many of them are among these. */
    public ErasableStore.Holding look(long versionId, Set<Long> rowIds) {
        long examined = 0;
        long left = 0;
        for (PreparedStore store : of(versionId)) {
            for (Split split : Split.values()) {
                TokenizedRows rows = folder(store).segments(split).open();
                examined += rows.size();
                left += IntStream.range(0, rows.size())
                        .filter(row -> rowIds.contains(rows.id(row)))
                        .count();
            }
        }
        return new ErasableStore.Holding(examined, left);
    }

    /**
     * Deletes a store; one that is being made is waited for. A run that needs it afterwards makes it again; one that reads it
     * now may fail, so look at {@link PreparedStore#lastUsed}.
     */
    public void delete(PreparedStore store) {
        try (StoreLock lock = StoreLock.forPreparing(store.folder(), () -> false)) {
            stores.deleteById(store.id());
            folder(store).delete();
        }
    }

    private List<PreparedStore> views(List<TokenStoreEntity> found) {
        return found.stream().map(store -> store.view(home.folder())).toList();
    }

    private StoreFolder folder(PreparedStore store) {
        return new StoreFolder(store.folder(), key(store.datasetId()));
    }

    private FileKey key(long datasetId) {
        return FileKey.of(keyring.of(datasetId).derived(KEY_LABEL));
    }

    /** The entry of a store, which is there before any of its files. */
    private TokenStoreEntity entry(DatasetVersion version, String key) {
        Optional<TokenStoreEntity> found = stores.findByVersionIdAndStoreKey(version.id(), key);
        if (found.isPresent()) {
            return found.get();
        }
        String path = "tokens/" + version.datasetId() + "-v" + version.version() + "/" + key;
        try {
            return stores.saveAndFlush(new TokenStoreEntity(version, key, path));
        } catch (RuntimeException madeByAnother) {
            return stores.findByVersionIdAndStoreKey(version.id(), key).orElseThrow(() -> madeByAnother);
        }
    }

    /** A store that is complete; one of which somebody removed files is forgotten, and made again from what is left. */
    private Optional<PreparedStore> made(TokenStoreEntity entry) {
        PreparedStore store = entry.view(home.folder());
        if (store.madeAt().isEmpty()) {
            return Optional.empty();
        }
        if (!folder(store).isComplete()) {
            stores.deleteById(store.id());
            return Optional.empty();
        }
        return change(entry.id(), TokenStoreEntity::used);
    }

    /** Makes a store; empty if it is another's meanwhile, or gone. */
    private Optional<PreparedStore> make(
            TokenStoreEntity entry,
            Preparation asked,
            RowTokenizer rows,
            TokenStore.Origin origin,
            BooleanSupplier stopWanted) {
        PreparedStore store = entry.view(home.folder());
        StoreFolder folder = folder(store);
        try (StoreLock lock = StoreLock.forPreparing(store.folder(), stopWanted)) {
            Optional<TokenStoreEntity> now = stores.findById(entry.id());
            if (now.isEmpty() || now.get().isMade()) {
                return Optional.empty();
            }
            job.fill(entry.id(), asked.version(), folder, rows, origin, stopWanted);
            folder.complete();
            RowCounts counts = folder.counts(asked.maxSeqLength());
            audit.record(new AuditEntry(
                    asked.reader().actor(),
                    AuditAction.ROWS_READ,
                    asked.version().dataset(),
                    Optional.of(asked.version().version()),
                    Optional.empty(),
                    counts.examples(),
                    "tokenized for run " + asked.reader().run()));
            return change(entry.id(), made -> made.made(counts));
        }
    }

    private Optional<PreparedStore> change(long id, Consumer<TokenStoreEntity> change) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Optional<TokenStoreEntity> store = stores.findById(id);
            store.ifPresent(change);
            return store.map(each -> each.view(home.folder()));
        }));
    }
}
