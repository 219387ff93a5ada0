package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.cli.CommandLineProcess.Result;
import org.mlxspring.engine.ffi.EngineVersions;

/** The real script, in a copy of the checkout's layout whose jars lead to this test's class path. */
class ScriptTest {

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void copyScript() throws IOException {
        script = Files.createDirectories(folder.resolve("check out/engine/bin")).resolve("mlx");
        Files.copy(Path.of("bin/mlx"), script);
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void saysWhatToRunWhenTheEngineIsNotBuilt() throws Exception {
        Result result = run(script, Map.of(), "--version");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("mlx: the engine is not built yet; run: (cd "
                        + folder.toRealPath().resolve("check out") + " && mvn -DskipTests package)\n");
    }

    @Test
    void runsThroughALinkWithTheJavaItIsTold() throws Exception {
        build();
        Path link = Files.createSymbolicLink(folder.resolve("mlx"), Path.of("check out/engine/bin/mlx"));
        Map<String, String> java = Map.of("MLX_JAVA_HOME", System.getProperty("java.home"));
        for (int start = 0; start < 2; start++) {
            Result result = run(link, java, "--version");
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).startsWith("engine " + EngineVersions.ENGINE + "\n");
            assertThat(result.code()).isZero();
        }
        assertThat(run(link, java, "lora").code()).isEqualTo(2);
    }

    @Test
    void refusesAJavaThatIsNone() throws Exception {
        build();
        Result result = run(script, Map.of("MLX_JAVA_HOME", folder.toString()), "--version");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("mlx: MLX_JAVA_HOME is " + folder + ", which holds no Java 25 or later.\n");
    }

    private void build() throws IOException {
        Path target = Files.createDirectories(folder.resolve("check out/engine/target"));
        StringBuilder libraries = new StringBuilder();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            libraries.append(Path.of(entry).toUri()).append(' ');
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, libraries.toString());
        for (String jar : List.of("mlx-engine-1.jar", "mlx-engine-1-sources.jar", "lib/all.jar")) {
            Files.createDirectories(target.resolve(jar).getParent());
            new JarOutputStream(Files.newOutputStream(target.resolve(jar)), manifest).close();
        }
    }

    private static Result run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return CommandLineProcess.end(builder.start(), "");
    }
}
