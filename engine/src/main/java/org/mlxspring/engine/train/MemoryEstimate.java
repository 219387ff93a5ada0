package org.mlxspring.engine.train;

import java.util.List;

/**
 * The most memory that a training run will use at a time.
 *
 * @param parts what it is used for; those that are not needed have no bytes
 */
public record MemoryEstimate(List<Part> parts) {

    /**
     * @param name what the memory is used for, in a few words
     * @param bytes of it
     * @param inMlx whether MLX counts it: weights that lie in mapped files are in memory without it
     */
    public record Part(String name, long bytes, boolean inMlx) {}

    public MemoryEstimate {
        parts = List.copyOf(parts);
    }

    /** Bytes of all parts, which have to fit into the memory of the machine. */
    public long total() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** Bytes of what MLX counts, the peak that a run reports. */
    public long peak() {
        return parts.stream().filter(Part::inMlx).mapToLong(Part::bytes).sum();
    }
}
