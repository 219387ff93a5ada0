package org.mlxspring.engine.generate;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.KeysAndValues;
import org.mlxspring.engine.nn.SlidingWindow;

/**
 * Keys and values of the first few tokens and of the last ones, in a ring of a fixed size: a new token takes the place of
 * the oldest after the first few. Order and numbers are those of mlx-lm's cache of that name.
 */
final class RotatingCache implements KeyValueCache {

    /** How many of the first tokens stay, as mlx-lm has it. */
    static final int KEPT = 4;

    private static final int STEP = 256;

    private final Scope owner;
    private final int size;
    private KeysAndValues.@Nullable Plain ring;
    private int offset;
    /** Where the next token goes. */
    private int next;

    /**
     * @param owner scope that the ring lives in
     * @param size tokens in the ring, more than {@link #KEPT}
     */
    RotatingCache(Scope owner, int size) {
        this.owner = owner;
        this.size = size;
    }

    /** A ring as it was stored, with the number of tokens seen and the place of the next. */
    RotatingCache(Scope owner, int size, KeysAndValues.Plain ring, int offset, int next) {
        this(owner, size);
        this.ring = ring;
        this.offset = offset;
        this.next = next;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public KeysAndValues update(Array keys, Array values) {
        KeysAndValues.Plain added = new KeysAndValues.Plain(keys, values);
        return added.length() == 1 ? replace(added) : append(added);
    }

    /** Several tokens go behind the ring, put in the order of time, so that each of them sees enough before it. */
    private KeysAndValues append(KeysAndValues.Plain added) {
        KeysAndValues.Plain before = ring;
        if (before == null) {
            hold(map(added, Array::again));
        } else {
            KeysAndValues.Plain recent = trimmed(map(before, this::inOrder), size - 1);
            hold(joined(recent, added));
        }
        offset += added.length();
        next = present().length();
        return present();
    }

    /** One token takes the oldest one's place, or a free one. */
    private KeysAndValues replace(KeysAndValues.Plain added) {
        KeysAndValues.Plain all = ring;
        if (all == null || offset >= all.length() && all.length() < size) {
            int more = Math.min(STEP, size - offset);
            KeysAndValues.Plain room = map(added, side -> {
                int[] shape = side.shape();
                shape[2] = more;
                return Array.zeros(side.dtype(), shape);
            });
            all = all == null ? room : joined(all, room);
            next = offset;
        }
        if (all.length() > size) {
            all = trimmed(all, size);
            next = size;
        }
        if (next == size) {
            next = KEPT;
        }
        int at = next;
        hold(new KeysAndValues.Plain(
                all.keys().sliceUpdate(added.keys(), 2, at), all.values().sliceUpdate(added.values(), 2, at)));
        offset++;
        next++;
        return offset < present().length() ? map(present(), side -> side.slice(2, 0, offset)) : present();
    }

    @Override
    public List<Array> held() {
        return ring == null ? List.of() : List.of(ring.keys(), ring.values());
    }

    private Array inOrder(Array side) {
        if (next == side.dim(2)) {
            return side;
        }
        return next < offset
                ? Array.concatenate(
                        2, side.slice(2, 0, KEPT), side.slice(2, next, side.dim(2)), side.slice(2, KEPT, next))
                : side.slice(2, 0, next);
    }

    /** At most so many tokens: the first few, and of the others the last. */
    private static KeysAndValues.Plain trimmed(KeysAndValues.Plain all, int most) {
        int excess = all.length() - most;
        return excess <= 0
                ? all
                : map(
                        all,
                        side -> Array.concatenate(
                                2, side.slice(2, 0, KEPT), side.slice(2, excess + KEPT, side.dim(2))));
    }

    private static KeysAndValues.Plain joined(KeysAndValues.Plain first, KeysAndValues.Plain second) {
        return new KeysAndValues.Plain(
                Array.concatenate(2, first.keys(), second.keys()),
                Array.concatenate(2, first.values(), second.values()));
    }

    private static KeysAndValues.Plain map(KeysAndValues.Plain all, UnaryOperator<Array> change) {
        return new KeysAndValues.Plain(change.apply(all.keys()), change.apply(all.values()));
    }

    private void hold(KeysAndValues.Plain changed) {
        KeysAndValues.Plain before = ring;
        ring = map(changed, owner::take);
        if (before != null) {
            before.keys().close();
            before.values().close();
        }
    }

    private KeysAndValues.Plain present() {
        if (ring == null) {
            throw new IllegalStateException("the ring is empty");
        }
        return ring;
    }

    /**
     * A single token sees the whole ring. Of several, each sees the tokens before it as far as the ring is long.
     */
    @Override
    public Mask mask(Mask text, int queries, Optional<SlidingWindow> window) {
        if (window.isPresent()) {
            throw new IllegalArgumentException("a layer with a window of its own needs no other");
        }
        int before = Math.min(size - 1, offset);
        return queries == 1 ? new Mask.None() : new SlidingWindow(size).narrow(text, queries, before);
    }
}
