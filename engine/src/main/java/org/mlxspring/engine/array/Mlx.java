package org.mlxspring.engine.array;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.ffi.EngineVersions;
import org.mlxspring.engine.ffi.HandleCalls;
import org.mlxspring.engine.ffi.MlxC;
import org.mlxspring.engine.ffi.NativeLibraryException;
import org.mlxspring.engine.ffi.ProcessExit;
import org.mlxspring.engine.ffi.TensorFileCalls;

/**
 * The MLX library of this process. The thread that touches it first owns it until the process ends; it must be a
 * platform thread, since streams, encoders and MLX's caches belong to it.
 */
public final class Mlx {

    private static volatile @Nullable Thread owner;
    private static long stream;
    private static long cpuStream;
    private static Device device = Device.CPU;
    private static volatile boolean ownProcess;

    private Mlx() {}

    /**
     * Says that this process is there for MLX alone: when it exits, or is told to, it does not wait for a computation that is
     * under way. To be called before MLX is loaded; Java's shutdown hooks run as ever.
     */
    public static void ownProcess() {
        ownProcess = true;
    }

    /**
     * Loads MLX unless it is loaded, and checks that the caller is its thread.
     *
     * @throws NativeLibraryException if its libraries are absent or of another version
     * @throws IllegalStateException if another thread owns MLX
     */
    public static void enter() {
        Thread current = Thread.currentThread();
        if (current == owner) {
            return;
        }
        synchronized (Mlx.class) {
            if (owner != null) {
                throw new IllegalStateException("MLX belongs to thread '" + owner.getName() + "', but thread '"
                        + current.getName() + "' called it. One thread of a process does all work with MLX.");
            }
            if (current.isVirtual()) {
                throw new IllegalStateException("MLX was called from a virtual thread; use a platform thread.");
            }
            load();
            owner = current;
        }
    }

    private static void load() {
        String version = loadedVersion();
        if (!EngineVersions.isSupported(version)) {
            throw new NativeLibraryException("The MLX library that was found is version " + version
                    + ", this engine needs " + EngineVersions.MLX
                    + ". Use the jar mlx-native of this engine's version, or unset mlx.native.path.");
        }
        device = HandleCalls.deviceCount(Device.GPU.ordinal()) > 0 && !Boolean.getBoolean("mlx.cpu")
                ? Device.GPU
                : Device.CPU;
        HandleCalls.run(MlxC.SET_DEFAULT_DEVICE, HandleCalls.device(device.ordinal(), 0));
        cpuStream = HandleCalls.handle(MlxC.DEFAULT_CPU_STREAM_NEW);
        stream = device == Device.GPU ? HandleCalls.handle(MlxC.DEFAULT_GPU_STREAM_NEW) : cpuStream;
        if (ownProcess) {
            ProcessExit.atOnce();
        }
    }

    private static String loadedVersion() {
        long text = HandleCalls.query(MlxC.VERSION);
        String version = HandleCalls.text(HandleCalls.get(MlxC.STRING_DATA, text));
        HandleCalls.run(MlxC.STRING_FREE, text);
        return version;
    }

    /** Version of the loaded MLX library, such as {@code 0.32.2}. */
    public static String version() {
        enter();
        return loadedVersion();
    }

    /** The device that operations run on: the GPU where MLX has one, unless {@code -Dmlx.cpu=true}. */
    public static Device device() {
        enter();
        return device;
    }

    /** Whether our own kernels for a CPU take part: they speed up some operations, and read files faster. */
    public static boolean hasKernels() {
        enter();
        return device == Device.CPU && TensorFileCalls.possible();
    }

    /** Computes arrays, all in one pass over their graphs. */
    public static void eval(List<Array> arrays) {
        enter();
        if (arrays.size() == 1) {
            HandleCalls.run(MlxC.ARRAY_EVAL, arrays.getFirst().handle());
        } else if (!arrays.isEmpty()) {
            try (Vector vector = Vector.of(arrays)) {
                HandleCalls.run(MlxC.EVAL, vector.handle());
            }
        }
    }

    public static void eval(Array... arrays) {
        eval(List.of(arrays));
    }

    /** Starts computing arrays and returns at once; reading one waits for it. */
    public static void asyncEval(Array... arrays) {
        enter();
        try (Vector vector = Vector.of(List.of(arrays))) {
            HandleCalls.run(MlxC.ASYNC_EVAL, vector.handle());
        }
    }

    /** How many buffers the device can have at once; empty where there is no such limit. */
    public static OptionalLong bufferLimit() {
        return DeviceInfo.buffers();
    }

    /** Bytes in use by arrays now. */
    public static long activeMemory() {
        enter();
        return HandleCalls.query(MlxC.GET_ACTIVE_MEMORY);
    }

    /** Bytes kept for reuse. */
    public static long cacheMemory() {
        enter();
        return HandleCalls.query(MlxC.GET_CACHE_MEMORY);
    }

    /** The most bytes in use since the last {@link #resetPeakMemory}. */
    public static long peakMemory() {
        enter();
        return HandleCalls.query(MlxC.GET_PEAK_MEMORY);
    }

    public static void resetPeakMemory() {
        enter();
        HandleCalls.run(MlxC.RESET_PEAK_MEMORY);
    }

    /** Gives buffers kept for reuse back to the system. */
    public static void clearCache() {
        enter();
        HandleCalls.run(MlxC.CLEAR_CACHE);
    }

    /** Sets how many bytes of buffers are kept for reuse. */
    public static void setCacheLimit(long bytes) {
        enter();
        HandleCalls.swap(MlxC.SET_CACHE_LIMIT, bytes);
    }

    static long stream() {
        enter();
        return stream;
    }

    static long cpuStream() {
        enter();
        return cpuStream;
    }

    static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }
}
