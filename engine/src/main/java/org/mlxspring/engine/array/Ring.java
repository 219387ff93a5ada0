package org.mlxspring.engine.array;

import org.mlxspring.engine.ffi.Calls;
import org.mlxspring.engine.ffi.HandleCalls;
import org.mlxspring.engine.ffi.MlxC;
import org.mlxspring.engine.ffi.MlxException;

/**
 * MLX's ring of processes, each connected with the next by TCP. Every process of it must call the same operations in the
 * same order. They run on the CPU, and wait for the others without a limit: MLX does not notice that one is gone.
 */
public final class Ring {

    private final long group;

    private Ring(long group) {
        this.group = group;
    }

    /**
     * Joins the ring that the environment variables {@code MLX_RANK} and {@code MLX_HOSTFILE} describe, and waits until its
     * neighbours have joined, too.
     *
     * @throws MlxException if there is no such ring, or no connection in time
     */
    public static Ring join() {
        Mlx.enter();
        return new Ring(HandleCalls.newGroup("ring"));
    }

    /** Number of this process, from 0. */
    public int rank() {
        return HandleCalls.getInt(MlxC.DISTRIBUTED_GROUP_RANK, group);
    }

    /** Number of processes. */
    public int size() {
        return HandleCalls.getInt(MlxC.DISTRIBUTED_GROUP_SIZE, group);
    }

    /** The sum over all processes, which have an array of this shape and type each; the same bits on all of them. */
    public Array allSum(Array x) {
        return Array.adopt(Calls.aa(MlxC.DISTRIBUTED_ALL_SUM, x.handle(), group, Mlx.cpuStream()));
    }

    /** The arrays of all processes, of this shape and type each, one behind the other along the first axis. */
    public Array allGather(Array x) {
        return Array.adopt(Calls.aa(MlxC.DISTRIBUTED_ALL_GATHER, x.handle(), group, Mlx.cpuStream()));
    }
}
