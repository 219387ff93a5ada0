package org.mlxspring.engine.array;

import org.jspecify.annotations.Nullable;

/**
 * The lifetime of arrays: every array belongs to the scope that was innermost when it was made, and is freed when that
 * scope closes, unless {@link #keep} moved it one scope out. Scopes close in the reverse order of opening, on the thread
 * that owns MLX.
 */
public final class Scope implements AutoCloseable {

    private static @Nullable Scope innermost;
    private static long liveHandles;

    private final @Nullable Scope outer;
    private @Nullable Array first;

    private Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    /** Opens a scope inside the innermost one. */
    public static Scope open() {
        Mlx.enter();
        innermost = new Scope(innermost);
        return innermost;
    }

    /** Number of arrays that are alive in this process, for finding leaks. */
    public static long liveHandles() {
        return liveHandles;
    }

    /**
     * Moves an array of this scope to the one around it.
     *
     * @throws IllegalStateException if there is no scope around this one
     */
    public Array keep(Array array) {
        if (outer == null) {
            throw new IllegalStateException("There is no scope around this one to keep the array in");
        }
        if (array.scope == this) {
            unlink(array);
            outer.link(array);
        }
        return array;
    }

    /** Moves an array from a scope inside this one to this one. */
    public Array take(Array array) {
        Scope from = array.scope;
        if (from != null && from != this) {
            from.unlink(array);
            link(array);
        }
        return array;
    }

    static void adopt(Array array) {
        Scope scope = innermost;
        if (scope == null) {
            throw new IllegalStateException("Arrays need a scope: try (Scope scope = Scope.open()) { ... }");
        }
        liveHandles++;
        scope.link(array);
    }

    static void forget(Array array) {
        Scope scope = array.scope;
        if (scope != null) {
            scope.unlink(array);
        }
        liveHandles--;
    }

    private void link(Array array) {
        array.scope = this;
        array.previous = null;
        array.next = first;
        if (first != null) {
            first.previous = array;
        }
        first = array;
    }

    private void unlink(Array array) {
        if (array.previous == null) {
            first = array.next;
        } else {
            array.previous.next = array.next;
        }
        if (array.next != null) {
            array.next.previous = array.previous;
        }
        array.scope = null;
        array.next = null;
        array.previous = null;
    }

    @Override
    public void close() {
        Mlx.enter();
        if (innermost != this) {
            throw new IllegalStateException("Scopes close in the reverse order of opening");
        }
        while (first != null) {
            first.close();
        }
        innermost = outer;
    }
}
