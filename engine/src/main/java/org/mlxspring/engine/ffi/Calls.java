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
 * Invokes the functions of {@link MlxC}, one method per shape of signature; the letters of a method's name are the
 * parameters between result and stream: {@code a} an array, {@code i} an int, {@code f} a float, {@code z} a bool,
 * {@code n} ints with their count.
 *
 * <p>Results come back through one slot and int lists go in through one buffer, so all calls must come from one thread
 * at a time; {@code array.Mlx} sees to that. Handles are plain addresses; 0 is MLX's empty handle.
 */
public final class Calls {

    private static final long SCRATCH_INTS = 64;
    private static final MemorySegment SLOT = Arena.global().allocate(ValueLayout.JAVA_LONG, 2);
    private static final MemorySegment SCRATCH = Arena.global().allocate(ValueLayout.JAVA_INT, 4 * SCRATCH_INTS);
    private static final long RESULT = SLOT.address();

    private static @Nullable String firstMessage;
    private static @Nullable Throwable pending;

    static {
        installErrorHandler();
    }

    private Calls() {}

    public static long a(MethodHandle f, long a, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aa(MethodHandle f, long a, long b, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aaa(MethodHandle f, long a, long b, long c, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, c, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aaaff(MethodHandle f, long a, long b, long c, float x, float y, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, c, x, y, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long ai(MethodHandle f, long a, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long az(MethodHandle f, long a, boolean z, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, z, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aiz(MethodHandle f, long a, int i, boolean z, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, i, z, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aai(MethodHandle f, long a, long b, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aaai(MethodHandle f, long a, long b, long c, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, c, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long an(MethodHandle f, long a, int[] n, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, ints(n, 0), (long) n.length, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long ni(MethodHandle f, int[] n, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, ints(n, 0), (long) n.length, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long nai(MethodHandle f, int[] n, long a, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, ints(n, 0), (long) n.length, a, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Slices: start, stop and strides. */
    public static long annn(MethodHandle f, long a, int[] x, int[] y, int[] z, long stream) {
        try {
            return result((int) f.invokeExact(
                    RESULT,
                    a,
                    ints(x, 0),
                    (long) x.length,
                    ints(y, 1),
                    (long) y.length,
                    ints(z, 2),
                    (long) z.length,
                    stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Slice updates: source, update, start, stop and strides. */
    public static long aannn(MethodHandle f, long a, long b, int[] x, int[] y, int[] z, long stream) {
        try {
            return result((int) f.invokeExact(
                    RESULT,
                    a,
                    b,
                    ints(x, 0),
                    (long) x.length,
                    ints(y, 1),
                    (long) y.length,
                    ints(z, 2),
                    (long) z.length,
                    stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long arange(double start, double stop, double step, int dtype, long stream) {
        try {
            return result((int) MlxC.ARANGE.invokeExact(RESULT, start, stop, step, dtype, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long cumsum(long a, int axis, long stream) {
        try {
            return result((int) MlxC.CUMSUM_AXIS.invokeExact(RESULT, a, axis, false, true, 0L, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long rmsNorm(long x, long weight, float eps, long stream) {
        try {
            return result((int) MlxC.FAST_RMS_NORM.invokeExact(RESULT, x, weight, eps, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Rotary embedding; {@code base} is a packed optional, see {@link #optional(float)}. */
    public static long rope(
            long x, int dims, boolean traditional, long base, float scale, int offset, long freqs, long stream) {
        try {
            return result(
                    (int) MlxC.FAST_ROPE.invokeExact(RESULT, x, dims, traditional, base, scale, offset, freqs, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long attention(long q, long k, long v, float scale, long mode, long mask, long stream) {
        try {
            return result((int) MlxC.FAST_SCALED_DOT_PRODUCT_ATTENTION.invokeExact(
                    RESULT, q, k, v, scale, mode, mask, 0L, false, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long random(MethodHandle f, long low, long high, int[] shape, int dtype, long key, long stream) {
        try {
            return result(
                    (int) f.invokeExact(RESULT, low, high, ints(shape, 0), (long) shape.length, dtype, key, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long normal(int[] shape, int dtype, float loc, float scale, long key, long stream) {
        try {
            return result((int) MlxC.RANDOM_NORMAL.invokeExact(
                    RESULT, ints(shape, 0), (long) shape.length, dtype, loc, scale, key, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long bernoulli(long p, int[] shape, long key, long stream) {
        try {
            return result((int)
                    MlxC.RANDOM_BERNOULLI.invokeExact(RESULT, p, ints(shape, 0), (long) shape.length, key, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long categorical(long logits, int axis, long key, long stream) {
        try {
            return result((int) MlxC.RANDOM_CATEGORICAL.invokeExact(RESULT, logits, axis, key, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long key(long seed) {
        try {
            return result((int) MlxC.RANDOM_KEY.invokeExact(RESULT, seed));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** A function with two array results. */
    public static long[] pair(MethodHandle f, long a, long stream) {
        try {
            int status = (int) f.invokeExact(RESULT, RESULT + 8, a, stream);
            long second = SLOT.getAtIndex(ValueLayout.JAVA_LONG, 1);
            SLOT.setAtIndex(ValueLayout.JAVA_LONG, 1, 0L);
            return new long[] {result(status), second};
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** A function of one handle that answers with a handle. */
    public static long handle(MethodHandle f) {
        try {
            return notEmpty((long) f.invokeExact());
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** A getter of one handle that answers with a number or an address. */
    public static long get(MethodHandle f, long a) {
        try {
            return (long) f.invokeExact(a);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static int getInt(MethodHandle f, long a) {
        try {
            return (int) f.invokeExact(a);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** A getter that writes up to eight bytes through its first parameter. */
    public static long item(MethodHandle f, long a) {
        try {
            return result((int) f.invokeExact(RESULT, a));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** A getter that writes up to eight bytes and takes nothing. */
    public static long query(MethodHandle f) {
        try {
            return result((int) f.invokeExact(RESULT));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** A setter that answers with the old value. */
    public static long swap(MethodHandle f, long value) {
        return item(f, value);
    }

    public static int deviceCount(int type) {
        try {
            return (int) result((int) MlxC.DEVICE_COUNT.invokeExact(RESULT, type));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long device(int type, int index) {
        try {
            return notEmpty((long) MlxC.DEVICE_NEW_TYPE.invokeExact(type, index));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** A function of one handle that answers with a status only; also those that free. */
    public static void run(MethodHandle f, long a) {
        try {
            check((int) f.invokeExact(a));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static void run(MethodHandle f) {
        try {
            check((int) f.invokeExact());
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static void run(MethodHandle f, long a, long b, long c) {
        try {
            check((int) f.invokeExact(a, b, c));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long item(MethodHandle f, long a, long b) {
        try {
            return result((int) f.invokeExact(RESULT, a, b));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long newData(long data, int[] shape, int dtype) {
        try {
            return notEmpty((long) MlxC.ARRAY_NEW_DATA.invokeExact(data, ints(shape, 0), shape.length, dtype));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long newFloat(float value) {
        try {
            return notEmpty((long) MlxC.ARRAY_NEW_FLOAT32.invokeExact(value));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long newInt(int value) {
        try {
            return notEmpty((long) MlxC.ARRAY_NEW_INT.invokeExact(value));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long newVector(MemorySegment handles, long count) {
        try {
            return notEmpty((long) MlxC.VECTOR_ARRAY_NEW_DATA.invokeExact(handles.address(), count));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long newClosure(long function, long payload, long destructor) {
        try {
            return notEmpty((long) MlxC.CLOSURE_NEW_FUNC_PAYLOAD.invokeExact(function, payload, destructor));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long valueAndGrad(long closure, int[] argnums) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_INT, argnums);
            return result(
                    (int) MlxC.VALUE_AND_GRAD.invokeExact(RESULT, closure, numbers.address(), (long) argnums.length));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Applies a value-and-gradient closure; calls back into Java while it runs, so it has slots of its own. */
    public static long[] applyValueAndGrad(long closure, long input) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slots = arena.allocate(ValueLayout.JAVA_LONG, 2);
            check((int) MlxC.CLOSURE_VALUE_AND_GRAD_APPLY.invokeExact(
                    slots.address(), slots.address() + 8, closure, input));
            return new long[] {slots.getAtIndex(ValueLayout.JAVA_LONG, 0), slots.getAtIndex(ValueLayout.JAVA_LONG, 1)};
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Applies a closure; calls back into Java while it runs, so it has a slot of its own. */
    public static long apply(long closure, long input) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slot = arena.allocate(ValueLayout.JAVA_LONG);
            check((int) MlxC.CLOSURE_APPLY.invokeExact(slot.address(), closure, input));
            return slot.get(ValueLayout.JAVA_LONG, 0);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** {@code mlx_optional_float} with a value, as the eight bytes it is passed in. */
    public static long optional(float value) {
        return Float.floatToRawIntBits(value) & 0xFFFFFFFFL | 1L << 32;
    }

    /** Keeps what a function called by MLX threw, to be thrown again when MLX has unwound. */
    public static void keep(Throwable thrown) {
        if (pending == null) {
            pending = thrown;
        }
    }

    /** The text of a C string. */
    public static String text(long address) {
        return address == 0
                ? ""
                : MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static long result(int status) {
        check(status);
        long value = SLOT.get(ValueLayout.JAVA_LONG, 0);
        SLOT.set(ValueLayout.JAVA_LONG, 0, 0L);
        return value;
    }

    private static long notEmpty(long handle) {
        if (handle == 0) {
            check(1);
        }
        return handle;
    }

    private static void check(int status) {
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

    private static RuntimeException failure(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("A call to MLX failed", thrown);
        }
    }

    private static long ints(int[] values, int lane) {
        if (values.length > SCRATCH_INTS) {
            throw new IllegalArgumentException("An array has at most " + SCRATCH_INTS + " dimensions");
        }
        MemorySegment.copy(values, 0, SCRATCH, ValueLayout.JAVA_INT, lane * SCRATCH_INTS * 4, values.length);
        return SCRATCH.address() + lane * SCRATCH_INTS * 4;
    }

    @SuppressWarnings("unused") // called by MLX
    private static void onError(long message, long data) {
        if (firstMessage == null) {
            firstMessage = text(message);
        }
    }

    private static void installErrorHandler() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MemorySegment handler = Linker.nativeLinker()
                    .upcallStub(
                            lookup.findStatic(
                                    Calls.class, "onError", MethodType.methodType(void.class, long.class, long.class)),
                            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                            Arena.global());
            MethodHandle set = MlxC.SET_ERROR_HANDLER;
            set.invokeExact(handler.address(), 0L, 0L);
        } catch (Throwable t) {
            throw failure(t);
        }
    }
}
