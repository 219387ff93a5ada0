package org.mlxspring.engine.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts each worker as a child JVM with the classes of this one. The worker cannot take this JVM down with it, and
 * ends within a second or so of this JVM's end, however that comes.
 */
public final class ProcessLauncher implements EngineLauncher {

    private final WorkerJvm jvm;

    public ProcessLauncher(WorkerJvm jvm) {
        this.jvm = jvm;
    }

    @Override
    public EngineWorker start(WorkerTask task, Consumer<WorkerMessage> listener) {
        Path java = jvm.javaHome().resolve("bin").resolve("java");
        if (!Files.isExecutable(java)) {
            throw new WorkerStartException(
                    "The worker cannot start: there is no " + java
                            + " that can be run; the worker's Java home must be the folder of a Java 25 or later.",
                    null);
        }
        try {
            Path classPathFile = Files.createTempFile("mlx-worker-", ".args");
            try {
                Process process = start(JavaCommand.of(jvm, System.getProperty("java.class.path"), classPathFile));
                return new WorkerProcess(
                        process,
                        task,
                        new WorkerLog(jvm.logFolder(), process.pid()),
                        listener,
                        () -> remove(classPathFile));
            } catch (IOException | RuntimeException e) {
                remove(classPathFile);
                throw e;
            }
        } catch (IOException e) {
            throw new WorkerStartException("The worker cannot start: " + e.getMessage(), e);
        }
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        // OpenBLAS threads wait for work by spinning; on a machine with other work that costs many times the time.
        builder.environment().putIfAbsent("OPENBLAS_THREAD_TIMEOUT", "16");
        builder.environment().putAll(jvm.environment());
        if (jvm.workingFolder().isPresent()) {
            Path folder = jvm.workingFolder().get();
            Files.createDirectories(folder);
            builder.directory(folder.toFile());
        }
        if (jvm.logFolder().isPresent()) {
            Files.createDirectories(jvm.logFolder().get());
        }
        return builder.start();
    }

    private static void remove(Path file) {
        if (!file.toFile().delete()) {
            file.toFile().deleteOnExit();
        }
    }
}
