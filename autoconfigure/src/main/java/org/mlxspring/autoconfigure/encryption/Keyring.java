package org.mlxspring.autoconfigure.encryption;

import java.util.function.Supplier;

/** The keys of all datasets, kept in the database, wrapped by a master key. */
public interface Keyring {

    /**
     * The keys of a dataset; made when it has none yet. One query: ask for them once per chunk of rows.
     *
     * @throws KeyException if the master key that they are wrapped with is missing or another one
     */
    DatasetKeys of(long datasetId);

    /**
     * Wraps the keys of all datasets with the current master key; rows stay as they are.
     *
     * @return how many keys were wrapped anew
     */
    int rotateMaster();

    /**
     * Makes a new rows key for a dataset, seals all that the {@link SealedTable}s have of it again, chunk by chunk, and
     * removes the former keys. Nothing may be added to the dataset meanwhile. Broken off, it is safe to begin again.
     *
     * @param alive called after each chunk; it may throw to break off
     * @return how many sealed rows of tables were sealed again
     */
    long rotateRows(long datasetId, Runnable alive);

    /**
     * Reads sealed rows and the keys that open them; once more, where a rotation replaced both between the two.
     *
     * @param read reads both, in whatever order
     */
    default <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (KeyException rotatedMeanwhile) {
            return read.get();
        }
    }
}
