package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.engine.cli.CommandLineProcess.fixture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.cli.CommandLineProcess.Result;

/** Real runs of {@code mlx lora} on a tiny model. */
@Timeout(180)
class LoraRunTest {

    @TempDir
    Path folder;

    @Test
    void trainsReportsAndTests() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.copy(fixture("llama/data/train.jsonl"), data.resolve("train.jsonl"));
        Files.copy(fixture("llama/data/valid.jsonl"), data.resolve("valid.jsonl"));
        Files.copy(fixture("llama/data/valid.jsonl"), data.resolve("test.jsonl"));
        Path metrics = folder.resolve("metrics.jsonl");
        Result result = CommandLineProcess.run(
                arguments(data, "--train", "--test", "--iters", "20", "--metrics", metrics.toString()));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsPattern("Iter 1: Val loss \\d+\\.\\d{3}, Val took \\d+\\.\\d{3}s")
                .containsPattern("Iter 20: Train loss \\d+\\.\\d{3}, Learning Rate 1\\.000e-05, It/sec ")
                .containsPattern("Test loss \\d+\\.\\d{3}, Test ppl \\d+\\.\\d{3}\\.")
                .doesNotContain("\u001b");
        assertThat(Files.readAllLines(metrics))
                .hasSize(5)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("{\"iteration\":0,\"val_loss\":"),
                        report -> assertThat(report).startsWith("{\"iteration\":10,\"train_loss\":"),
                        second -> assertThat(second)
                                .startsWith("{\"iteration\":19,\"val_loss\":")
                                .endsWith("\"best\":true}"),
                        report -> assertThat(report).contains("\"iteration\":20,", "\"grad_norm\":"),
                        test -> assertThat(test).matches("\\{\"test_loss\":[0-9.]+,\"test_ppl\":[0-9.]+}"));

        Result test = CommandLineProcess.run(arguments(data, "--test"));
        assertThat(test.code()).isZero();
        assertThat(test.out())
                .isEqualTo(result.out()
                                .lines()
                                .filter(line -> line.startsWith("Test loss"))
                                .findFirst()
                                .orElseThrow()
                        + "\n");
    }

    @Test
    void estimatesAndEnds() throws Exception {
        Result result = CommandLineProcess.run(arguments(fixture("llama/data"), "--train", "--estimate"));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("activations for the backward pass").doesNotContain("Train loss");
        assertThat(folder.resolve("adapters")).doesNotExist();

        Result refused = CommandLineProcess.run(
                arguments(fixture("llama/data"), "--train", "--memory-limit", "1MB", "--iters", "1"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("of memory");
    }

    @Test
    void ctrlCWritesACheckpointThatResumeGoesOnFrom() throws Exception {
        Process process = CommandLineProcess.start(
                arguments(fixture("llama/data"), "--train", "--iters", "1000000", "--steps-per-report", "1"));
        var lines = process.inputReader();
        for (String line = lines.readLine(); !line.contains("Train loss"); ) {
            line = lines.readLine();
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        String said = String.join("\n", lines.lines().toList());
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(said).containsPattern("Stopped after iteration \\d+; the same command with --resume goes on");
        int stopped = Integer.parseInt(said.replaceAll("(?s).*Stopped after iteration (\\d+);.*", "$1"));

        Result resumed = CommandLineProcess.run(
                arguments(fixture("llama/data"), "--train", "--resume", "--iters", String.valueOf(stopped + 3)));
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.out())
                .contains("Going on from the checkpoint after iteration " + stopped + "\n")
                .contains("Finished after iteration " + (stopped + 3) + ".");
    }

    @Test
    void aBadRowIsNamedByFileAndLine() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("train.jsonl"), "{\"text\": \"a\"}\n{\"txt\": \"SECRET\"}\n");
        Result result = CommandLineProcess.run(arguments(data, "--train"));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("mlx lora: " + data.resolve("train.jsonl") + ", line 2: ")
                .doesNotContain("SECRET")
                .hasLineCount(1);
    }

    private String[] arguments(Path data, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "lora",
                "--model",
                fixture("llama/model").toString(),
                "--data",
                data.toString(),
                "--adapter-path",
                folder.resolve("adapter").toString(),
                "--num-layers",
                "-1"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
