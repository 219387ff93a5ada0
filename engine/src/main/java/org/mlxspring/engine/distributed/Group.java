package org.mlxspring.engine.distributed;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.ffi.MlxException;

/**
 * The processes that work as one. All of them call the same methods in the same order; each waits until the others have
 * called it, too. A process that works alone is a group of one.
 */
public sealed interface Group extends AutoCloseable permits Alone, RingGroup {

    /** A process that works alone. */
    static Group alone() {
        return new Alone();
    }

    /**
     * Waits until all processes have come, and joins MLX's ring with them, on the thread that owns MLX.
     *
     * @param onLoss receives, on a thread of its own, why the group can no longer work, if the owner of MLX does not learn
     *     it in time: it may wait in MLX for good, so this is to end the process
     * @throws DistributedException if one does not come
     */
    static Group join(Place place, Consumer<String> onLoss) {
        return RingGroup.join(place, onLoss);
    }

    /** Number of this process, from 0. */
    int rank();

    /** Number of processes. */
    int size();

    /** Whether this is the process that writes and reports. */
    default boolean isFirst() {
        return rank() == 0;
    }

    /**
     * Sums over all processes, lazily. Floating types are added in float32; the results are the same bits everywhere.
     *
     * @param arrays of the same shapes and types in every process
     */
    List<Array> sum(List<Array> arrays);

    /** What each process has, by rank. */
    long[][] gather(long... values);

    /** Sums over all processes, the same bits everywhere. */
    default double[] sum(double... values) {
        long[] bits = new long[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(values[i]);
        }
        double[] sums = new double[values.length];
        for (long[] each : gather(bits)) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Double.longBitsToDouble(each[i]);
            }
        }
        return sums;
    }

    /** Whether it is so in any process. */
    default boolean any(boolean here) {
        return sum(here ? 1.0 : 0.0)[0] > 0;
    }

    /** The arrays that rank 0 has, on all processes, which have arrays of the same shapes and types. */
    default List<Array> ofFirst(List<Array> arrays) {
        return sum(
                isFirst()
                        ? arrays
                        : arrays.stream()
                                .map(array -> Array.zeros(array.dtype(), array.shape()))
                                .toList());
    }

    /**
     * Holds the processes to the same facts, such as the number of rows that each has read.
     *
     * @param facts by what they are; the same names in the same order everywhere
     * @throws DistributedException naming the first fact that differs from rank 0's, and where; thrown by all of them
     */
    void requireSame(Map<String, Long> facts);

    /** The reason behind an error of MLX, if it is that a process is gone; else the error itself. */
    RuntimeException explain(MlxException error);

    /** Tells the others that this process fails, so that they end with its reason. */
    void fail(String reason);

    /** Leaves; the others may go on without this process. */
    @Override
    void close();
}
