package org.mlxspring.engine.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The memory that calls pass results and int lists through, and the errors of MLX. There is one of each, so all calls must
 * come from one thread at a time; {@code array.Mlx} sees to that.
 */
public final class Slots {

    private static final long SCRATCH_INTS = 1024;
    private static final MemorySegment SLOT = Arena.global().allocate(ValueLayout.JAVA_LONG, 2);
    private static final MemorySegment SCRATCH = Arena.global().allocate(ValueLayout.JAVA_INT, 4 * SCRATCH_INTS);
    static final long RESULT = SLOT.address();

    private static @Nullable String firstMessage;
    private static @Nullable Throwable pending;

    static {
        installErrorHandler();
    }

    private Slots() {}

    /** Keeps what a function called by MLX threw, to be thrown again when MLX has unwound. */
    public static void keep(Throwable thrown) {
        if (pending == null) {
            pending = thrown;
        }
    }

    static long result(int status) {
        check(status);
        long value = SLOT.get(ValueLayout.JAVA_LONG, 0);
        SLOT.set(ValueLayout.JAVA_LONG, 0, 0L);
        return value;
    }

    /** The second result of a function that has two; read before the first. */
    static long second() {
        long value = SLOT.getAtIndex(ValueLayout.JAVA_LONG, 1);
        SLOT.setAtIndex(ValueLayout.JAVA_LONG, 1, 0L);
        return value;
    }

    static long notEmpty(long handle) {
        if (handle == 0) {
            check(1);
        }
        return handle;
    }

    static void check(int status) {
        if (status == 0) {
            return;
        }
        SLOT.fill((byte) 0);
        String message = firstMessage;
        Throwable cause = pending;
        firstMessage = null;
        pending = null;
        if (cause != null) {
            throw failure(cause);
        }
        throw new MlxException(message == null ? "MLX failed without a message." : withoutPlace(message));
    }

    /** mlx-c appends the place in its own sources, which helps nobody here. */
    private static String withoutPlace(String message) {
        int at = message.lastIndexOf(" at /");
        return at < 0 ? message : message.substring(0, at);
    }

    static RuntimeException failure(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("A call to MLX failed", thrown);
        }
    }

    static long ints(int[] values, int lane) {
        if (values.length > SCRATCH_INTS) {
            throw new IllegalArgumentException(
                    "A list of numbers may have " + SCRATCH_INTS + ", this one has " + values.length);
        }
        MemorySegment.copy(values, 0, SCRATCH, ValueLayout.JAVA_INT, lane * SCRATCH_INTS * 4, values.length);
        return SCRATCH.address() + lane * SCRATCH_INTS * 4;
    }

    @SuppressWarnings("unused") // called by MLX
    private static void onError(long message, long data) {
        if (firstMessage == null) {
            firstMessage = HandleCalls.text(message);
        }
    }

    private static void installErrorHandler() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MemorySegment handler = Linker.nativeLinker()
                    .upcallStub(
                            lookup.findStatic(
                                    Slots.class, "onError", MethodType.methodType(void.class, long.class, long.class)),
                            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                            Arena.global());
            MethodHandle set = MlxC.SET_ERROR_HANDLER;
            set.invokeExact(handler.address(), 0L, 0L);
        } catch (Throwable t) {
            throw failure(t);
        }
    }
}
