package org.mlxspring.autoconfigure.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.distributed.Hostfile;
import org.mlxspring.engine.worker.EngineLauncher;
import org.mlxspring.engine.worker.InProcessLauncher;
import org.mlxspring.engine.worker.ProcessLauncher;
import org.mlxspring.engine.worker.WorkerHosts;
import org.mlxspring.engine.worker.WorkerJvm;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses how the engine is run, unless the application brings a launcher of its own. */
@Configuration(proxyBeanMethods = false)
public class EngineConfiguration {

    private static final String NATIVE_PATH = "mlx.native.path";
    private static final String MEMORY_LIMIT = "mlx.memory.limit";

    @Bean
    @ConditionalOnMissingBean
    EngineLauncher mlxEngineLauncher(EngineProperties properties, RunFolders folders) {
        // Read where a run is asked for, and inherited by the engine's JVM.
        Optional.ofNullable(properties.memoryLimit()).ifPresent(limit -> System.setProperty(MEMORY_LIMIT, limit));
        return switch (properties.mode()) {
            case PROCESS -> new ProcessLauncher(jvm(properties, folders), hosts(properties));
            case IN_PROCESS -> inProcess(properties);
        };
    }

    private static WorkerHosts hosts(EngineProperties properties) {
        return properties
                .hosts()
                .map(file -> WorkerHosts.of(Hostfile.read(file), Optional.ofNullable(properties.remoteCommand())))
                .orElseGet(WorkerHosts::local);
    }

    private static WorkerJvm jvm(EngineProperties properties, RunFolders folders) {
        List<String> options = new ArrayList<>();
        properties.nativeFolder().ifPresent(path -> options.add("-D" + NATIVE_PATH + "=" + path));
        options.addAll(properties.jvmOptions());
        Map<String, String> environment = new HashMap<>();
        if (properties.threads() > 0) {
            String threads = Integer.toString(properties.threads());
            environment.put("OPENBLAS_NUM_THREADS", threads);
            environment.put("OMP_NUM_THREADS", threads);
        }
        return new WorkerJvm(
                Path.of(System.getProperty("java.home")),
                Optional.ofNullable(properties.heap()),
                options,
                environment,
                Optional.empty(),
                Optional.of(folders.logs()));
    }

    /** In this JVM the folder of the libraries can only be handed on as a system property. */
    private static EngineLauncher inProcess(EngineProperties properties) {
        properties.nativeFolder().ifPresent(path -> System.setProperty(NATIVE_PATH, path.toString()));
        return new InProcessLauncher();
    }
}
