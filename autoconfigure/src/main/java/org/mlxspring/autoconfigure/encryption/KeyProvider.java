package org.mlxspring.autoconfigure.encryption;

/**
 * Where master keys come from. An application that keeps them in a vault brings a bean of this type; otherwise they are
 * those of {@code mlx.datasets.encryption}. Master keys seal nothing but the keys of datasets.
 */
public interface KeyProvider {

    /** Id of the key that new keys of datasets are wrapped with; 1 to 100 characters. */
    String currentId();

    /**
     * A master key.
     *
     * @param id its id; ids of former keys must be known for as long as keys of datasets are wrapped with them
     * @return 32 bytes
     * @throws IllegalArgumentException if there is no key of that id
     */
    byte[] key(String id);
}
