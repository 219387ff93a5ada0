package org.mlxspring.engine.ffi;

import static org.mlxspring.engine.ffi.Slots.RESULT;
import static org.mlxspring.engine.ffi.Slots.check;
import static org.mlxspring.engine.ffi.Slots.failure;
import static org.mlxspring.engine.ffi.Slots.ints;
import static org.mlxspring.engine.ffi.Slots.notEmpty;
import static org.mlxspring.engine.ffi.Slots.result;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Invokes the functions of {@link MlxC} that make, read and free handles: arrays, vectors, closures, devices. */
public final class HandleCalls {

    private HandleCalls() {}

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

    /** The group of a distributed backend: the one that the environment describes, or MLX's error. */
    public static long newGroup(String backend) {
        try (Arena arena = Arena.ofConfined()) {
            return result((int) MlxC.DISTRIBUTED_INIT.invokeExact(
                    RESULT, true, arena.allocateFrom(backend).address()));
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

    /** The text of a C string. */
    public static String text(long address) {
        return address == 0
                ? ""
                : MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }
}
