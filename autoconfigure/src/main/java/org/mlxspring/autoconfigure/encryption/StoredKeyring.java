package org.mlxspring.autoconfigure.encryption;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.SecretKeySpec;
import org.mlxspring.autoconfigure.encryption.KeyTable.WrappedKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** The keyring over the table of wrapped keys and the application's master keys. */
final class StoredKeyring implements Keyring {

    private static final Logger LOG = LoggerFactory.getLogger(StoredKeyring.class);

    private final KeyTable table;
    private final KeyProvider masters;
    private final TransactionOperations transactions;
    private final Resealing resealing;

    StoredKeyring(KeyTable table, KeyProvider masters, TransactionOperations transactions, Resealing resealing) {
        this.table = table;
        this.masters = masters;
        this.transactions = transactions;
        this.resealing = resealing;
    }

    @Override
    public DatasetKeys of(long datasetId) {
        return opened(datasetId);
    }

    @Override
    public int rotateMaster() {
        String current = masters.currentId();
        int count = 0;
        for (WrappedKey key : table.notWrappedWith(current)) {
            WrappedKey again = wrapped(key.datasetId(), key.number(), unwrapped(key));
            count += table.rewrap(again, key.masterKey()) ? 1 : 0;
        }
        LOG.info("{} keys of datasets are wrapped with master key '{}' now.", count, current);
        return count;
    }

    @Override
    public long rotateRows(long datasetId, Runnable alive) {
        OpenedKeys keys = Objects.requireNonNull(transactions.execute(status -> {
            table.lock(datasetId);
            table.insert(wrapped(datasetId, opened(datasetId).newest() + 1, AesGcm.newKey()));
            return opened(datasetId);
        }));
        long count = resealing.all(datasetId, keys, alive);
        table.removeBefore(datasetId, keys.newest());
        LOG.info("Dataset {} has rows key {}; {} rows of tables are sealed with it.", datasetId, keys.newest(), count);
        return count;
    }

    private OpenedKeys opened(long datasetId) {
        List<WrappedKey> stored = table.of(datasetId);
        return opened(datasetId, stored.isEmpty() ? made(datasetId) : stored);
    }

    private OpenedKeys opened(long datasetId, List<WrappedKey> stored) {
        byte[] names = unwrapped(stored.getFirst());
        TreeMap<Integer, SecretKeySpec> rows = new TreeMap<>();
        for (WrappedKey key : stored.subList(1, stored.size())) {
            rows.put(key.number(), AesGcm.key(unwrapped(key)));
        }
        return new OpenedKeys(datasetId, names, rows);
    }

    private List<WrappedKey> made(long datasetId) {
        return Objects.requireNonNull(transactions.execute(status -> {
            table.lock(datasetId);
            if (table.of(datasetId).isEmpty()) {
                table.insert(wrapped(datasetId, KeyTable.NAMES, AesGcm.newKey()));
                table.insert(wrapped(datasetId, 1, AesGcm.newKey()));
            }
            return table.of(datasetId);
        }));
    }

    private WrappedKey wrapped(long datasetId, int number, byte[] key) {
        String id = masters.currentId();
        byte[] wrapped = AesGcm.seal(AesGcm.key(masters.key(id)), key, associated(datasetId, number));
        return new WrappedKey(datasetId, number, id, wrapped);
    }

    private byte[] unwrapped(WrappedKey key) {
        byte[] master;
        try {
            master = masters.key(key.masterKey());
        } catch (IllegalArgumentException e) {
            throw new KeyException(
                    "The keys of dataset " + key.datasetId() + " are wrapped with master key '" + key.masterKey()
                            + "', which is missing: " + e.getMessage() + " Bring that key back; its rows cannot be"
                            + " read without it.",
                    e);
        }
        try {
            return AesGcm.open(AesGcm.key(master), key.wrapped(), associated(key.datasetId(), key.number()));
        } catch (AEADBadTagException e) {
            throw new KeyException(
                    "The keys of dataset " + key.datasetId() + " are wrapped with a master key '" + key.masterKey()
                            + "' that differs from the one of this id that the application has. Bring the former one"
                            + " back, and give a new key an id of its own.",
                    e);
        }
    }

    private static byte[] associated(long datasetId, int number) {
        return ("mlx dataset " + datasetId + " key " + number).getBytes(StandardCharsets.UTF_8);
    }
}
