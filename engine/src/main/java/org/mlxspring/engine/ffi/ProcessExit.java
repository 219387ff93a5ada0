package org.mlxspring.engine.ffi;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The end of a process that has MLX in it. */
public final class ProcessExit {

    private ProcessExit() {}

    /**
     * Lets the process end as soon as Java is through with it. Else C's {@code exit} lets OpenBLAS and MLX join their
     * threads, and a computation that is under way then can make it wait for ever. To be called when both are open, since
     * what was said last comes first there.
     *
     * <p>Does nothing where C has no {@code on_exit}: on macOS, where there is no OpenBLAS.
     */
    public static void atOnce() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup c = linker.defaultLookup();
        Optional<MemorySegment> onExit = c.find("on_exit");
        if (onExit.isEmpty()) {
            return;
        }
        MethodHandle register = linker.downcallHandle(
                onExit.get(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        try {
            // It calls _exit with the status that exit was given, and with this 0, which _exit does not take.
            int refused = (int) register.invokeExact(c.findOrThrow("_exit").address(), 0L);
            if (refused != 0) {
                throw new IllegalStateException("C's on_exit refused to take a function");
            }
        } catch (Throwable t) {
            throw Slots.failure(t);
        }
    }
}
