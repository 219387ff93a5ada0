package org.mlxspring.engine.array;

import java.lang.foreign.Arena;
import java.util.OptionalLong;
import org.mlxspring.engine.ffi.HandleCalls;
import org.mlxspring.engine.ffi.MlxC;

/**
 * What MLX says of the limits of the device that it computes on ({@code mlx.core.device_info}). A CPU has none of its
 * own.
 */
final class DeviceInfo {

    /** On Metal, the bytes that a program can use without slowing the whole machine down. */
    private static final String METAL_MEMORY = "max_recommended_working_set_size";
    /** On CUDA, the bytes that the card has. */
    private static final String CUDA_MEMORY = "total_memory";
    /** On Metal, how many buffers there may be at once. */
    private static final String METAL_BUFFERS = "resource_limit";

    private DeviceInfo() {}

    /** Bytes that arrays may fill; empty on a CPU. */
    static OptionalLong memory() {
        OptionalLong metal = number(METAL_MEMORY);
        return metal.isPresent() ? metal : number(CUDA_MEMORY);
    }

    /** How many buffers there may be at once; empty where there is no such limit. */
    static OptionalLong buffers() {
        return number(METAL_BUFFERS);
    }

    private static OptionalLong number(String name) {
        Device device = Mlx.device();
        long info = HandleCalls.item(MlxC.DEVICE_INFO_GET, HandleCalls.device(device.ordinal(), 0));
        try (Arena arena = Arena.ofConfined()) {
            long key = arena.allocateFrom(name).address();
            boolean known = HandleCalls.item(MlxC.DEVICE_INFO_HAS_KEY, info, key) != 0;
            return known
                    ? OptionalLong.of(HandleCalls.item(MlxC.DEVICE_INFO_GET_SIZE, info, key))
                    : OptionalLong.empty();
        } finally {
            HandleCalls.run(MlxC.DEVICE_INFO_FREE, info);
        }
    }
}
