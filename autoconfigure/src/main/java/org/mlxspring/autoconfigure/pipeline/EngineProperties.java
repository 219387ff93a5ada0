package org.mlxspring.autoconfigure.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the engine is run.
 *
 * @param mode Whether the engine runs in a JVM of its own (process) or inside the application (in-process), where a
 *     crash of native code ends the application.
 * @param heap Largest Java heap of the engine's JVM, for example 1g. MLX's memory is not part of it.
 * @param jvmOptions Further options of the engine's JVM.
 * @param threads Threads that matrix products use on the CPU. 0 for all cores.
 * @param nativePath Folder with libmlxc and libmlx, instead of the ones in the jar.
 * @param memoryLimit Memory that the arrays of a run may fill, for example 8GB, instead of nine tenths of what there is.
 *     A run that needs more is refused.
 * @param hostfile File of the hosts that a training run with several processes is spread over, as mlx.launch reads it.
 *     Without it they run on this machine.
 * @param remoteCommand What starts the engine on the other hosts, for example /opt/mlx/engine/bin/mlx worker. Without it the
 *     same Java and files as here.
 */
public record EngineProperties(
        @DefaultValue("process") Mode mode,
        @Nullable String heap,
        @DefaultValue List<String> jvmOptions,
        @DefaultValue("0") int threads,
        @Nullable String nativePath,
        @Nullable String memoryLimit,
        @Nullable String hostfile,
        @Nullable String remoteCommand) {

    public EngineProperties {
        jvmOptions = List.copyOf(jvmOptions);
        if (threads < 0) {
            throw new IllegalArgumentException("mlx.engine.threads is " + threads + "; it must be 0 or more.");
        }
    }

    /** The folder of {@code nativePath}; empty for the libraries in the jar. */
    public Optional<Path> nativeFolder() {
        return Optional.ofNullable(nativePath).map(path -> Path.of(path).toAbsolutePath());
    }

    /** The file of {@code hostfile}; empty for this machine alone. */
    public Optional<Path> hosts() {
        return Optional.ofNullable(hostfile).map(file -> Path.of(file).toAbsolutePath());
    }

    /** Where the engine runs. */
    public enum Mode {
        /** In a child JVM: it cannot take the application down. */
        PROCESS,
        /** In the application's JVM. */
        IN_PROCESS
    }
}
