package org.mlxspring.autoconfigure.dataset;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.mlxspring.engine.data.Split;

/** A row of the pool while a chunk is compared with it: stored, or about to be. */
final class PoolRow {

    /** Id of a row that is not stored yet. */
    static final long NEW = 0;

    private final long id;
    private final ByteBuffer fingerprint;
    private final Split split;
    private final int firstVersion;
    private Optional<ByteBuffer> key;
    private boolean live;
    private boolean seen;

    PoolRow(
            long id,
            ByteBuffer fingerprint,
            Split split,
            int firstVersion,
            Optional<ByteBuffer> key,
            boolean live,
            boolean seen) {
        this.id = id;
        this.fingerprint = fingerprint;
        this.split = split;
        this.firstVersion = firstVersion;
        this.key = key;
        this.live = live;
        this.seen = seen;
    }

    long id() {
        return id;
    }

    boolean isStored() {
        return id != NEW;
    }

    ByteBuffer fingerprint() {
        return fingerprint;
    }

    Split split() {
        return split;
    }

    int firstVersion() {
        return firstVersion;
    }

    Optional<ByteBuffer> key() {
        return key;
    }

    void takeKey(ByteBuffer own) {
        key = Optional.of(own);
    }

    /** Whether it is in the version that is being made, as far as is known. */
    boolean isLive() {
        return live;
    }

    void end() {
        live = false;
    }

    /** Whether the import had this row already. */
    boolean isSeen() {
        return seen;
    }

    void see() {
        seen = true;
    }
}
