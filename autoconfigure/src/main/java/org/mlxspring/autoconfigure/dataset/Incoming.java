package org.mlxspring.autoconfigure.dataset;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A row that comes in, with what it is compared by.
 *
 * @param fingerprint that of its content
 * @param key that of its id in its source
 * @param subject that of what it is about
 */
record Incoming(NewRow row, ByteBuffer fingerprint, Optional<ByteBuffer> key, Optional<ByteBuffer> subject) {

    static Incoming of(NewRow row, RowSecrets secrets) {
        return new Incoming(
                row,
                ByteBuffer.wrap(secrets.fingerprint(row.json())),
                row.key().map(key -> ByteBuffer.wrap(secrets.externalKey(key))),
                row.subject().map(subject -> ByteBuffer.wrap(secrets.subject(subject))));
    }
}
