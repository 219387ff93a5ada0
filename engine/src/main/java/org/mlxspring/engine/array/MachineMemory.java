package org.mlxspring.engine.array;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory that arrays may fill.
 *
 * @param total bytes that the machine has, or its control group where that may use fewer, as in a container
 * @param device bytes that MLX's device has; empty on a CPU, and where MLX was not asked
 * @param allowed bytes that a person set with {@code mlx.memory.limit}; they count in place of the others
 */
public record MachineMemory(long total, OptionalLong device, OptionalLong allowed) {

    /** The system property that sets how much memory arrays may fill: bytes, or a size such as {@code 8GB}. */
    public static final String LIMIT = "mlx.memory.limit";

    /** What is left to Java, to the system and to other programs: a tenth, and no less than this. */
    private static final long LEAST_MARGIN = 1_000_000_000;

    private static final double MARGIN = 0.1;
    private static final double DEVICE_MARGIN = 0.05;
    private static final Pattern FREE_ON_LINUX = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    /**
     * What is known without MLX: a device is left out.
     *
     * @throws IllegalArgumentException if {@code mlx.memory.limit} is no size
     */
    public static MachineMemory ofMachine() {
        return new MachineMemory(system().getTotalMemorySize(), OptionalLong.empty(), allowedByProperty());
    }

    /**
     * With the device that MLX computes on, on the thread that owns MLX.
     *
     * @throws IllegalArgumentException if {@code mlx.memory.limit} is no size
     */
    public static MachineMemory ofDevice() {
        return new MachineMemory(system().getTotalMemorySize(), DeviceInfo.memory(), allowedByProperty());
    }

    /** Bytes that arrays may fill. */
    public long limit() {
        if (allowed.isPresent()) {
            return allowed.getAsLong();
        }
        if (device.isPresent()) {
            // A card's memory is its own, whatever the machine has; of the machine's, Metal already leaves some to
            // others.
            return (long) (device.getAsLong() * (1 - DEVICE_MARGIN));
        }
        return total - Math.max((long) (total * MARGIN), Math.min(LEAST_MARGIN, total / 2));
    }

    /**
     * Bytes that further arrays may fill now, with what other programs use at this moment left to them. It differs from
     * one moment to the next, so decide by it only what may differ between two equal runs; by {@link #limit} all else.
     *
     * @param active bytes that arrays fill already
     */
    public long available(long active) {
        long rest = Math.max(0, limit() - active);
        return device.isPresent() || allowed.isPresent() ? rest : Math.min(rest, free());
    }

    /** On Linux with what the system would give up of its file cache; elsewhere what is not used at all. */
    private static long free() {
        try {
            Matcher free = FREE_ON_LINUX.matcher(Files.readString(Path.of("/proc/meminfo")));
            if (free.find()) {
                return Long.parseLong(free.group(1)) * 1024;
            }
        } catch (IOException e) {
            return system().getFreeMemorySize();
        }
        return system().getFreeMemorySize();
    }

    private static OptionalLong allowedByProperty() {
        Optional<String> given = Optional.ofNullable(System.getProperty(LIMIT)).filter(text -> !text.isBlank());
        return given.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ByteSize.parse(LIMIT, given.get()));
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
