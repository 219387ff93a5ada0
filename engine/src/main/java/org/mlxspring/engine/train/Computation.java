package org.mlxspring.engine.train;

import org.mlxspring.engine.array.Device;
import org.mlxspring.engine.array.Mlx;

/**
 * How the engine computes on a machine, as far as it decides what a run needs.
 *
 * @param device that it computes on
 * @param kernels whether our own kernels for a CPU take part
 */
record Computation(Device device, boolean kernels) {

    /** That of this process, on the thread that owns MLX. */
    static Computation here() {
        return new Computation(Mlx.device(), Mlx.hasKernels());
    }

    /** A CPU with everything that belongs to it. */
    static final Computation ON_CPU = new Computation(Device.CPU, true);
}
