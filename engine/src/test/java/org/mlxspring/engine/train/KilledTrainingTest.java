package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed with SIGKILL again and again, against one left alone: bit for bit the same, with dropout,
 * accumulation, clipping, a warm-up and early stopping.
 */
@Timeout(240)
class KilledTrainingTest {

    @TempDir
    Path folder;

    @Test
    void killedAnywhereItGoesOnAsIfNothingHadHappened() throws Exception {
        Path alone = folder.resolve("alone");
        List<String> expected = lines(start(alone));
        assertThat(expected.getLast()).startsWith("finished 19 ");

        Path killed = folder.resolve("killed");
        List<String> seen = new ArrayList<>();
        // Between two checkpoints, with a gradient that waits for its update.
        seen.addAll(killAt(start(killed), "report 8 "));
        // While the weights of checkpoint 9 are written: nobody reads what they are written to.
        List<String> second = stuckInCheckpoint(killed, 9);
        assertThat(second).startsWith("started 7").doesNotContain("saved 9");
        seen.addAll(second);
        // Between the weights of checkpoint 12 and its state, or just after.
        List<String> third = killOnceThereIs(killed, "0000012_adapters.safetensors");
        assertThat(third).startsWith("started 7").contains("saved 9");
        seen.addAll(third);
        // Right after a validation that found nothing better, which the next start has to count again.
        List<String> fourth = killAt(start(killed), "validated 15 ");
        assertThat(fourth.getFirst()).isIn("started 10", "started 13");
        seen.addAll(fourth);
        List<String> rest = lines(start(killed));
        assertThat(rest).startsWith("started 16").endsWith(expected.getLast());
        seen.addAll(rest);

        assertThat(expected)
                .containsAll(seen.stream()
                        .filter(each -> !each.startsWith("started"))
                        .toList());
        assertThat(seen).containsAll(expected);
        assertThat(contents(killed)).isEqualTo(contents(alone));
    }

    private static Process start(Path adapter) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingProcess.class.getName(),
                adapter.toString());
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** What a process prints until its end. */
    private static List<String> lines(Process process) throws Exception {
        try (BufferedReader out = process.inputReader()) {
            List<String> lines = out.readAllLines();
            assertThat(process.waitFor()).isZero();
            return lines;
        }
    }

    private static List<String> killAt(Process process, String start) throws Exception {
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            do {
                lines.add(out.readLine());
            } while (!lines.getLast().startsWith(start));
            kill(process);
            // What it wrote before it died happened, too.
            lines.addAll(out.readAllLines());
        }
        return lines;
    }

    /** Kills a process that waits in the midst of writing a checkpoint, because its file is a pipe without a reader. */
    private static List<String> stuckInCheckpoint(Path adapter, int iteration) throws Exception {
        Process process = start(adapter);
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            lines.add(out.readLine());
            Path pipe = adapter.resolve(".%07d_adapters.safetensors.tmp".formatted(iteration));
            new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
            while (!lines.getLast().startsWith("report " + (iteration - 1))) {
                lines.add(out.readLine());
            }
            assertThat(process.waitFor(1, TimeUnit.SECONDS)).isFalse();
            kill(process);
            lines.addAll(out.readAllLines());
        }
        return lines;
    }

    private static List<String> killOnceThereIs(Path adapter, String file) throws Exception {
        Process process = start(adapter);
        while (!Files.exists(adapter.resolve(file))) {
            assertThat(process.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        kill(process);
        try (BufferedReader out = process.inputReader()) {
            return out.readAllLines();
        }
    }

    private static void kill(Process process) throws InterruptedException {
        // Process.destroyForcibly would close the output before it is read.
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor()).isEqualTo(128 + 9);
    }

    /** The hash of every file below an adapter folder; its configuration names the folder itself. */
    private static Map<String, String> contents(Path adapter) throws Exception {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.walk(adapter)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        adapter.relativize(file).toString(),
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
            }
        }
        assertThat(contents)
                .containsKeys(
                        "adapters.safetensors", "best_adapters.safetensors", "0000018_state/optimizer.safetensors");
        contents.remove("adapter_config.json");
        return contents;
    }
}
