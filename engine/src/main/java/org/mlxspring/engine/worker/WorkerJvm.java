package org.mlxspring.engine.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Java process that workers are started in.
 *
 * @param javaHome a JDK or JRE of Java 25 or later; workers run {@code bin/java} of it
 * @param maxHeap the Java heap's limit as {@code -Xmx} takes it ({@code 512m}, {@code 4g}); empty for the JVM's own
 *     choice. MLX's memory is not part of it.
 * @param jvmOptions further options of the JVM; they come last, so they win
 * @param environment variables set for the worker in addition to those of this process ({@code OPENBLAS_NUM_THREADS})
 * @param workingFolder folder the worker runs in; empty for that of this process
 * @param logFolder folder that receives one file per worker with what it wrote to its standard error, and the JVM's
 *     crash reports; empty for no files. A worker that writes nothing leaves no file.
 */
public record WorkerJvm(
        Path javaHome,
        Optional<String> maxHeap,
        List<String> jvmOptions,
        Map<String, String> environment,
        Optional<Path> workingFolder,
        Optional<Path> logFolder) {

    public WorkerJvm {
        maxHeap.ifPresent(heap -> {
            if (!heap.matches("[1-9][0-9]*[kKmMgGtT]?")) {
                throw new IllegalArgumentException("The worker's maximum heap is '" + heap
                        + "'; it must be a whole number with k, m, g or t after it, such as 512m or 4g.");
            }
        });
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
    }

    /** The Java that runs this process, with its own choice of heap and no log files. */
    public static WorkerJvm ofThisProcess() {
        return new WorkerJvm(
                Path.of(System.getProperty("java.home")),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }
}
