package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.engine.cli.CommandLineProcess.fixture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.cli.CommandLineProcess.Result;

/** Real runs of {@code mlx lora} in several processes. */
@Timeout(180)
class LoraGroupTest {

    @TempDir
    Path folder;

    @Test
    void startsItsProcessesAndReportsOnce() throws Exception {
        Result result = CommandLineProcess.run(arguments("--iters", "3", "--processes", "2"));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).containsOnlyOnce("Iter 3: Train loss").contains("Finished after iteration 3.");
        assertThat(folder.resolve("adapter/adapters.safetensors")).isRegularFile();

        Result odd = CommandLineProcess.run(arguments("--batch-size", "3", "--processes", "2"));
        assertThat(odd.code()).isEqualTo(2);
        assertThat(odd.err()).contains("batch_size is 3, which 2 processes cannot share evenly");
    }

    @Test
    void startedByHandARankThatDiesEndsTheOtherWithItsName() throws Exception {
        Path hostfile = hostfile();
        Process first = rank(0, hostfile);
        Process second = rank(1, hostfile);
        var lines = first.inputReader();
        for (String line = lines.readLine(); !line.contains("Train loss"); ) {
            line = lines.readLine();
        }
        second.destroyForcibly();
        assertThat(first.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(1);
        assertThat(first.errorReader().lines().toList())
                .last()
                .asString()
                .matches(
                        "mlx lora: Rank 1 of 2 \\(127\\.0\\.0\\.1:\\d+\\) is gone: its process or its machine ended\\.");
    }

    @Test
    void startedByHandWithOtherSettingsTheyAreRefused() throws Exception {
        Path hostfile = hostfile();
        Process first = rank(0, hostfile);
        Process second = rank(1, hostfile, "--learning-rate", "1e-3");
        Result refused = CommandLineProcess.end(first, "");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("The processes differ: the checksum of the settings is ");
        assertThat(second.waitFor()).isEqualTo(1);
    }

    private Process rank(int rank, Path hostfile, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(arguments("--iters", "1000000", "--steps-per-report", "1")));
        arguments.addAll(List.of(more));
        return CommandLineProcess.start(
                Map.of("MLX_RANK", Integer.toString(rank), "MLX_HOSTFILE", hostfile.toString()),
                arguments.toArray(String[]::new));
    }

    private Path hostfile() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Files.writeString(
                    folder.resolve("ring.json"),
                    "[[\"127.0.0.1:" + one.getLocalPort() + "\"], [\"127.0.0.1:" + two.getLocalPort() + "\"]]");
        }
    }

    private String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "lora",
                "--train",
                "--model",
                fixture("llama/model").toString(),
                "--data",
                fixture("llama/data").toString(),
                "--adapter-path",
                folder.resolve("adapter").toString(),
                "--num-layers",
                "-1"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
