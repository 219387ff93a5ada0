package org.mlxspring.autoconfigure.encryption;

/** The keys of one dataset, opened. Cheap to get and not to be kept: a rotation replaces them. For any thread. */
public interface DatasetKeys {

    /**
     * Seals with the newest rows key.
     *
     * @param use what the bytes are, such as {@code row}, {@code original} or {@code refused}; they open as nothing else
     */
    Sealed seal(byte[] plain, String use);

    /**
     * @param use as it was given to {@link #seal}
     * @throws KeyException if the key is missing, or the bytes were changed or belong to another dataset or use
     */
    byte[] open(Sealed sealed, String use);

    /**
     * HMAC-SHA256 under the names key: the same value has the same fingerprint in this dataset for ever, and another one
     * in any other dataset.
     *
     * @param label what the value is, so that equal values of different kinds have nothing in common
     * @return 32 bytes
     */
    byte[] fingerprint(String label, byte[] value);

    /**
     * A key of its own, by HKDF from the names key; the same for the same label for ever.
     *
     * @return 32 bytes
     */
    byte[] derived(String label);
}
