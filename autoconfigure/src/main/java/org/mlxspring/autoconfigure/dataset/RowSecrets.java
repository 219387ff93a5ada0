package org.mlxspring.autoconfigure.dataset;

import java.nio.charset.StandardCharsets;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.encryption.Sealed;

/**
 * How the columns of {@code mlx_rows} are made from a row: what is compared is a keyed fingerprint, everything else is
 * sealed.
 *
 * @param keys the keys of the row's dataset
 */
public record RowSecrets(DatasetKeys keys) {

    static final String CONTENT = "row";
    static final String ORIGINAL = "original";

    /** What equal rows have in common; 32 bytes. */
    public byte[] fingerprint(String json) {
        return keys.fingerprint("row", bytes(json));
    }

    /** What rows of the same id in their source have in common; 32 bytes. */
    public byte[] externalKey(String key) {
        return keys.fingerprint("key", bytes(key));
    }

    /** What rows about the same person or thing have in common; 32 bytes. */
    public byte[] subject(String subject) {
        return keys.fingerprint("subject", bytes(subject));
    }

    Sealed content(String json) {
        return keys.seal(bytes(json), CONTENT);
    }

    Sealed original(String json) {
        return keys.seal(bytes(json), ORIGINAL);
    }

    String openContent(Sealed sealed) {
        return new String(keys.open(sealed, CONTENT), StandardCharsets.UTF_8);
    }

    String openOriginal(Sealed sealed) {
        return new String(keys.open(sealed, ORIGINAL), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
