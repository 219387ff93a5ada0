package org.mlxspring.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class InProcessLauncherTest {

    @TempDir
    Path folder;

    /** MLX belongs to one thread of a process, and in this one it may be another test's. */
    @Test
    void tasksAreDoneOneAfterAnotherUntilTheyAreStopped() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingInProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("""
                        one after another: Completed[] Completed[]
                        here: true
                        said: Ready Done Ready Done
                        stopped while it trains: Stopped[]
                        stopped while it waits: Stopped[]
                        with a listener that fails: Completed[]
                        """);
        assertThat(process.waitFor()).isZero();
    }
}
