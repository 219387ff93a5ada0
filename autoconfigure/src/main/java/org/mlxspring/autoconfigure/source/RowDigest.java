package org.mlxspring.autoconfigure.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.encryption.Sha256;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What an import read so far, in a few bytes that tell nothing of it: HMAC of the SHA-256 over all rows in their order. */
final class RowDigest {

    /** The maps of an application may have another order in each process. */
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final MessageDigest digest = Sha256.digest();

    void add(RawRow row) {
        switch (row) {
            case RawRow.Line line -> add('L', line.utf8());
            case RawRow.Fields fields ->
                add(
                        'F',
                        (SORTED.writeValueAsString(fields.values()) + fields.marks()).getBytes(StandardCharsets.UTF_8));
            case RawRow.Unreadable unreadable -> add('U', unreadable.text());
        }
    }

    private void add(char kind, byte[] bytes) {
        digest.update((byte) kind);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    String soFar(DatasetKeys keys) {
        try {
            byte[] sum = ((MessageDigest) digest.clone()).digest();
            return HexFormat.of().formatHex(keys.fingerprint("import-position", sum));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This Java's SHA-256 cannot be continued.", e);
        }
    }
}
