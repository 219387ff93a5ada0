package org.mlxspring.engine.generate;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;

/** An array with an entry per token on its third axis, which grows by a fixed number of tokens at a time. */
final class GrowingBuffer {

    private static final int STEP = 256;

    private final Scope owner;
    private @Nullable Array room;

    /**
     * @param owner scope that the array lives in
     */
    GrowingBuffer(Scope owner) {
        this.owner = owner;
    }

    /**
     * Writes new tokens over what was there from a token on.
     *
     * @param added [batch, heads, new tokens, ...]
     * @return all tokens up to the last new one
     */
    Array write(Array added, int at) {
        int end = at + added.dim(2);
        Array before = room;
        Array large = before;
        if (large == null || large.dim(2) < end) {
            int[] shape = added.shape();
            shape[2] = (end - at + STEP - 1) / STEP * STEP;
            Array more = Array.zeros(added.dtype(), shape);
            large = large == null ? more : Array.concatenate(2, large.slice(2, 0, at), more);
        }
        Array written = owner.take(large.sliceUpdate(added, 2, at));
        room = written;
        if (before != null) {
            before.close();
        }
        return written.slice(2, 0, end);
    }

    /** The array that holds it all; empty before the first write. */
    Stream<Array> held() {
        return Stream.ofNullable(room);
    }

    /**
     * Keeps some rows of the batch, in the order given.
     *
     * @param rows their numbers, int32
     */
    void keepRows(Array rows) {
        Array before = room;
        if (before != null) {
            room = owner.take(before.take(rows, 0));
            before.close();
        }
    }

    /** Gives up the memory. */
    void clear() {
        if (room != null) {
            room.close();
        }
        room = null;
    }
}
