package org.mlxspring.autoconfigure.encryption;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The master keys of {@code mlx.datasets.encryption}. */
final class ConfiguredKeys implements KeyProvider {

    private static final String PREFIX = "mlx.datasets.encryption.";
    private static final String GENERATE = "openssl rand -base64 32 makes a key.";

    private final String current;
    private final Map<String, byte[]> keys = new TreeMap<>();

    /** @throws WrongKeyPropertyException if a key has another length, or the current one is not among them */
    ConfiguredKeys(EncryptionProperties properties) {
        properties.keys().forEach((id, key) -> keys.put(id, decoded(id, key)));
        current = known(properties.current());
    }

    @Override
    public String currentId() {
        return current;
    }

    @Override
    public byte[] key(String id) {
        byte[] key = keys.get(id);
        if (key == null) {
            throw new IllegalArgumentException(PREFIX + "keys has no '" + id + "'; it has " + keys.keySet() + ".");
        }
        return key.clone();
    }

    private String known(@Nullable String id) {
        if (id == null || !keys.containsKey(id)) {
            throw new WrongKeyPropertyException(
                    PREFIX + "current is " + (id == null ? "not set" : "'" + id + "'") + ", and " + PREFIX + "keys has "
                            + keys.keySet() + ".",
                    "Set " + PREFIX + "current to the id of the key that is to wrap the keys of datasets from now on.");
        }
        return id;
    }

    private static byte[] decoded(String id, String key) {
        String property = PREFIX + "keys." + id;
        if (id.length() > 100) {
            throw new WrongKeyPropertyException(
                    "The id of " + property + " has " + id.length() + " characters.", "Give it one of at most 100.");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key.strip());
        } catch (IllegalArgumentException e) {
            throw new WrongKeyPropertyException(property + " is not base64.", GENERATE);
        }
        if (bytes.length != AesGcm.KEY_BYTES) {
            throw new WrongKeyPropertyException(
                    property + " has " + bytes.length + " bytes; a key has " + AesGcm.KEY_BYTES + ".", GENERATE);
        }
        return bytes;
    }
}
