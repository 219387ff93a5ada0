package org.mlxspring.engine.array;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.mlxspring.engine.ffi.HandleCalls;
import org.mlxspring.engine.ffi.MlxC;
import org.mlxspring.engine.ffi.Slots;

/**
 * A Java function that MLX can call. There is one native entry for all of them; the payload is the number of the
 * function in a table, and MLX's last release takes it out of the table, which can happen inside an evaluation.
 */
record Closure(long handle) implements AutoCloseable {

    private static final Map<Long, UnaryOperator<List<Array>>> FUNCTIONS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final long CALL = stub(
            "call",
            MethodType.methodType(int.class, long.class, long.class, long.class),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final long RELEASE = stub(
            "release", MethodType.methodType(void.class, long.class), FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));

    static Closure of(UnaryOperator<List<Array>> function) {
        Mlx.enter();
        long number = NUMBERS.incrementAndGet();
        FUNCTIONS.put(number, function);
        return new Closure(HandleCalls.newClosure(CALL, number, RELEASE));
    }

    /** Number of functions that MLX may still call. */
    static int live() {
        return FUNCTIONS.size();
    }

    List<Array> apply(List<Array> inputs) {
        try (Vector vector = Vector.of(inputs);
                Vector result = new Vector(HandleCalls.apply(handle, vector.handle()))) {
            return Vector.arrays(result.handle());
        }
    }

    @Override
    public void close() {
        HandleCalls.run(MlxC.CLOSURE_FREE, handle);
    }

    /** An exception that left an upcall would end the JVM, so it is kept and thrown when MLX has unwound. */
    @SuppressWarnings("unused") // called by MLX
    private static int call(long results, long inputs, long number) {
        try (Scope scope = Scope.open()) {
            UnaryOperator<List<Array>> function = FUNCTIONS.get(number);
            if (function == null) {
                throw new IllegalStateException("MLX called a function that it had released");
            }
            Vector.fill(results, function.apply(Vector.arrays(inputs)));
            return 0;
        } catch (Throwable t) {
            Slots.keep(t);
            return 1;
        }
    }

    @SuppressWarnings("unused") // called by MLX
    private static void release(long number) {
        FUNCTIONS.remove(number);
    }

    private static long stub(String method, MethodType type, FunctionDescriptor descriptor) {
        try {
            MemorySegment stub = Linker.nativeLinker()
                    .upcallStub(
                            MethodHandles.lookup().findStatic(Closure.class, method, type), descriptor, Arena.global());
            return stub.address();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
