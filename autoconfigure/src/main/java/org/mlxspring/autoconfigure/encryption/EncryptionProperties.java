package org.mlxspring.autoconfigure.encryption;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Master keys of the datasets, where the application has no KeyProvider bean. With none here either, one is generated in
 * the folder keys of mlx.home.
 *
 * @param current Id of the key that new keys of datasets are wrapped with; one of those in keys.
 * @param keys Master keys by id: each the base64 form of 32 random bytes. A former key must stay until the keys of all
 *     datasets are wrapped with the current one.
 */
@ConfigurationProperties("mlx.datasets.encryption")
public record EncryptionProperties(
        @Nullable String current, @Nullable Map<String, String> keys) {

    /** Copies the keys. */
    public EncryptionProperties {
        keys = keys == null ? Map.of() : Map.copyOf(keys);
    }

    /** Without the keys, since records are printed in errors. */
    @Override
    public String toString() {
        return "EncryptionProperties[current=" + current + ", keys=" + keys.keySet() + "]";
    }
}
