package org.mlxspring.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mlxspring.engine.worker.Recording.fixture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.distributed.Host;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSettings;
import org.mlxspring.engine.train.TrainSpec;

/** Real child JVMs that train as one, against one that trains alone. */
@Timeout(240)
class WorkerGroupTest {

    private static final int ENDLESS = 1_000_000;

    @TempDir
    Path folder;

    /** Seven rows in batches of six: in the last batch of an epoch some processes have nothing. */
    @ParameterizedTest
    @CsvSource({"sft, 2", "accumulated, 3", "dpo, 2", "orpo, 3"})
    void learnsWhatOneProcessLearns(String kind, int processes) throws Exception {
        Recording alone = train(kind, "alone", 1);
        Recording together = train(kind, "together", processes);

        assertThat(losses(together)).hasSameSizeAs(losses(alone)).hasSizeGreaterThan(8);
        for (int i = 0; i < losses(alone).size(); i++) {
            assertThat(losses(together).get(i)).isCloseTo(losses(alone).get(i), within(1e-4));
        }
        assertThat(together.events(TrainEvent.Report.class))
                .extracting(TrainEvent.Report::trainedTokens)
                .isEqualTo(alone.events(TrainEvent.Report.class).stream()
                        .map(TrainEvent.Report::trainedTokens)
                        .toList());
        assertThat(together.events(TrainEvent.Referenced.class)).isEqualTo(alone.events(TrainEvent.Referenced.class));
        assertThat(largestDifference("adapters.safetensors")).isLessThan(1e-4);
        assertThat(files("together")).isEqualTo(files("alone"));
    }

    @Test
    void stoppedItGoesOnWithAnyNumberOfProcesses() throws Exception {
        train("sft", "alone", 1);
        Recording recording = new Recording();
        try (EngineWorker worker = start(task("sft", "together", 2, Map.of()), recording)) {
            recording.awaitEvent(TrainEvent.Report.class);
            worker.requestStop();
            assertThat(worker.await()).isEqualTo(new WorkerOutcome.Stopped());
        }
        int stopped = recording.events(TrainEvent.Finished.class).getFirst().iteration();
        Recording rest = train("sft", "together", 3);
        assertThat(rest.events(TrainEvent.Started.class).getFirst().firstIteration())
                .isEqualTo(stopped + 1);
        assertThat(largestDifference("adapters.safetensors")).isLessThan(1e-4);
    }

    @Test
    void aKilledProcessEndsTheRunWithItsNameAndTheRunGoesOnFromItsCheckpoint() throws Exception {
        Recording recording = new Recording();
        long[] killed = new long[1];
        try (EngineWorker worker = start(task("sft", "together", 2, Map.of("iters", ENDLESS)), recording)) {
            recording.awaitEvent(TrainEvent.Saved.class);
            ProcessHandle second = ProcessHandle.current()
                    .children()
                    .filter(child -> child.pid() != worker.pid())
                    .findFirst()
                    .orElseThrow();
            killed[0] = second.pid();
            second.destroyForcibly();
            assertThat(CompletableFuture.supplyAsync(() -> outcome(worker)))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
                        assertThat(failed.reason())
                                .containsPattern("rank 1 of 2 \\(127\\.0\\.0\\.1:\\d+\\), process " + killed[0]
                                        + ": The worker was killed by signal 9 \\(SIGKILL\\)");
                        assertThat(failed.userError()).isFalse();
                    });
        }
        assertThat(ProcessHandle.current().children()).isEmpty();
        int last = recording.events(TrainEvent.Saved.class).getLast().iteration();
        Recording rest = new Recording();
        try (EngineWorker worker = start(task("sft", "together", 2, Map.of("iters", last + 10_000)), rest)) {
            rest.awaitEvent(TrainEvent.Report.class);
            worker.requestStop();
            assertThat(worker.await()).isEqualTo(new WorkerOutcome.Stopped());
        }
        assertThat(rest.events(TrainEvent.Started.class).getFirst().firstIteration())
                .isGreaterThan(last);
    }

    @Test
    void aHostThatIsNotThisOneIsReachedBySsh() throws Exception {
        Path ssh = folder.resolve("ssh");
        Path called = folder.resolve("called");
        Files.writeString(
                ssh, "#!/bin/sh\nfor last; do :; done\necho \"$1 $2\" > '" + called + "'\nexec sh -c \"$last\"\n");
        ssh.toFile().setExecutable(true);
        // Of the addresses of this machine one that no other test has at the same time.
        long pid = ProcessHandle.current().pid();
        String ip = System.getProperty("os.name").equals("Linux")
                ? "127.77." + (pid >> 8 & 0xFF) + "." + (pid & 0xFF)
                : "127.0.0.1";
        WorkerHosts hosts = new WorkerHosts(
                List.of(new Host("localhost", List.of(ip)), new Host("far", List.of(ip))),
                List.of(ssh.toString(), "-x"),
                Optional.empty());
        train("sft", "alone", 1);
        Recording together = new Recording();
        try (EngineWorker worker = start(task("sft", "together", 2, Map.of()), together, hosts)) {
            assertThat(worker.await()).isEqualTo(new WorkerOutcome.Completed());
        }
        assertThat(largestDifference("adapters.safetensors")).isLessThan(1e-4);
        assertThat(called).content().isEqualTo("-x far\n");
    }

    @Test
    void aFailureOfAllIsToldOnceAndWithoutARank() throws Exception {
        Recording recording = new Recording();
        try (EngineWorker worker =
                start(task("sft", "together", 2, Map.of("learning_rate", 1e30, "optimizer", "sgd")), recording)) {
            assertThat(worker.await())
                    .isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> assertThat(failed.reason())
                            .matches("The (training loss|gradient's norm) is \\S+ at iteration .*"));
        }
    }

    private static WorkerOutcome outcome(EngineWorker worker) {
        try {
            return worker.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Recording train(String kind, String name, int processes) throws Exception {
        Recording recording = new Recording();
        try (EngineWorker worker = start(task(kind, name, processes, Map.of()), recording)) {
            assertThat(worker.await()).isEqualTo(new WorkerOutcome.Completed());
        }
        return recording;
    }

    private static EngineWorker start(WorkerTask task, Recording recording) {
        return start(task, recording, WorkerHosts.local());
    }

    private static EngineWorker start(WorkerTask task, Recording recording, WorkerHosts hosts) {
        WorkerJvm jvm = new WorkerJvm(
                Path.of(System.getProperty("java.home")),
                Optional.empty(),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                Map.of("OPENBLAS_NUM_THREADS", "1"),
                Optional.empty(),
                Optional.empty());
        return new ProcessLauncher(jvm, hosts).start(task, recording);
    }

    private WorkerTask task(String kind, String name, int processes, Map<String, Object> given) throws IOException {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "iters", 8,
                "batch_size", 6,
                "num_layers", -1,
                "learning_rate", 2e-4,
                "steps_per_report", 1,
                "steps_per_eval", 4,
                "save_every", 3,
                "val_batches", -1,
                "early_stopping_patience", 50,
                "processes", processes));
        settings.put("max_grad_norm", 1.0);
        switch (kind) {
            case "sft" -> settings.put("mask_prompt", true);
            case "accumulated" -> settings.putAll(Map.of("grad_accumulation_steps", 2, "optimizer", "adamw"));
            default -> settings.putAll(Map.of("train_mode", kind, "max_seq_length", 64));
        }
        settings.putAll(given);
        return new WorkerTask.Train(new TrainSpec(
                fixture("llama-masked/model"),
                data(kind),
                Optional.empty(),
                folder.resolve(name),
                TrainSettings.fromMap(settings),
                Optional.empty(),
                true,
                true));
    }

    private Path data(String kind) throws IOException {
        Path data = folder.resolve("data");
        if (!Files.exists(data)) {
            Files.createDirectory(data);
            boolean rows = kind.equals("sft") || kind.equals("accumulated");
            Path source = rows ? fixture("llama-masked/data/train.jsonl") : preferences();
            List<String> lines = new ArrayList<>(Files.readAllLines(source));
            while (lines.size() < 7) {
                lines.addAll(List.copyOf(lines));
            }
            Files.write(data.resolve("train.jsonl"), lines.subList(0, 7));
            Files.write(data.resolve("valid.jsonl"), lines.subList(1, 6));
            Files.write(data.resolve("test.jsonl"), lines.subList(2, 5));
        }
        return data;
    }

    private static Path preferences() {
        return fixture("../preference/preferences.jsonl");
    }

    /** Of every iteration, then those of the validations and of the test. */
    private static List<Double> losses(Recording recording) {
        List<Double> losses = new ArrayList<>();
        recording.events(TrainEvent.Report.class).forEach(event -> losses.add(event.trainLoss()));
        recording.events(TrainEvent.Validated.class).forEach(event -> losses.add(event.valLoss()));
        recording.events(TrainEvent.Tested.class).forEach(event -> losses.add(event.testLoss()));
        return losses;
    }

    private double largestDifference(String file) throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Array> alone = Safetensors.load(folder.resolve("alone").resolve(file));
            Map<String, Array> together =
                    Safetensors.load(folder.resolve("together").resolve(file));
            assertThat(together.keySet()).isEqualTo(alone.keySet());
            double largest = 0;
            for (String name : alone.keySet()) {
                float[] a = alone.get(name).toFloats();
                float[] b = together.get(name).toFloats();
                for (int i = 0; i < a.length; i++) {
                    largest = Math.max(largest, Math.abs(a[i] - b[i]));
                }
            }
            return largest;
        }
    }

    private List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
