package org.mlxspring.engine.array;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

/** SIGTERM to a process that computes. */
class ProcessExitTest {

    private static final int TERMINATED = 128 + 15;

    /** Whatever OpenBLAS's threads are at: one that is not let go shows in some of the tries only. */
    @RepeatedTest(4)
    void aComputationHoldsNoProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        EndlessProduct.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("multiplying");
            process.destroy();
            assertThat(process.waitFor(20, SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }
}
