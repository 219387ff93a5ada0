package org.mlxspring.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mlxspring.engine.worker.Recording.fixture;
import static org.mlxspring.engine.worker.Recording.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.adapter.FuseSpec;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.evaluate.EvaluateSpec;
import org.mlxspring.engine.evaluate.EvaluateSpec.Contender;
import org.mlxspring.engine.evaluate.Evaluation;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSettings;
import org.mlxspring.engine.train.TrainSpec;

/** Real child JVMs, with the class path of the tests. */
@Timeout(180)
class ProcessLauncherTest {

    private static final int ENDLESS = 1_000_000;

    @TempDir
    Path folder;

    private final Recording recording = new Recording();

    @Test
    void aKilledTrainingSaysWhyAndGoesOnFromItsCheckpoint() throws Exception {
        Path adapter = folder.resolve("adapter");
        try (EngineWorker worker = launcher().start(training(adapter, ENDLESS, false), recording)) {
            recording.awaitEvent(TrainEvent.Saved.class);
            kill("-9", worker.pid());
            assertThat(worker.await()).isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
                assertThat(failed.reason())
                        .startsWith("The worker was killed by signal 9 (SIGKILL), for example by the kernel when"
                                + " memory runs out.");
                assertThat(failed.userError()).isFalse();
            });
        }
        Recording second = new Recording();
        int last = recording.events(TrainEvent.Saved.class).getLast().iteration();
        try (EngineWorker worker = launcher().start(training(adapter, last + 10_000, true), second)) {
            second.awaitEvent(TrainEvent.Report.class);
            worker.requestStop();
            assertThat(worker.await()).isEqualTo(new WorkerOutcome.Stopped());
        }
        assertThat(second.events(TrainEvent.Started.class).getFirst().firstIteration())
                .isGreaterThan(last);
        Recording third = new Recording();
        int stopped = second.events(TrainEvent.Finished.class).getFirst().iteration();
        try (EngineWorker worker = launcher().start(training(adapter, stopped + 5, true), third)) {
            assertThat(worker.await()).isEqualTo(new WorkerOutcome.Completed());
        }
        assertThat(third.events(TrainEvent.Started.class).getFirst().firstIteration())
                .isEqualTo(stopped + 1);
        assertThat(adapter.resolve("adapters.safetensors")).isRegularFile();
    }

    @Test
    void aWorkerEndsSoonAfterItsApplication() throws Exception {
        Process application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApplicationWithWorker.class.getName(),
                        folder.resolve("adapter").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProcessHandle worker;
        try (var in = application.inputReader()) {
            worker = ProcessHandle.of(Long.parseLong(in.readLine())).orElseThrow();
            kill("-9", application.pid());
        }
        application.waitFor();
        // A second is the rule; a machine that is busy with other tests takes longer.
        assertThat(worker.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void linesThatOthersWriteToStandardOutputDoNoHarm() throws Exception {
        WorkerJvm chatty = jvm(List.of("-Xlog:class+load=info:stdout"), Optional.empty());
        try (EngineWorker worker =
                new ProcessLauncher(chatty).start(training(folder.resolve("adapter"), 5, false), recording)) {
            assertThat(worker.await()).isEqualTo(new WorkerOutcome.Completed());
        }
        assertThat(recording.events(TrainEvent.Finished.class)).containsExactly(new TrainEvent.Finished(5, false));
        assertThat(recording.messages()).last().isEqualTo(new WorkerMessage.Done());
    }

    @Test
    void evaluatesAndFusesAnAdapter() throws Exception {
        Path adapter = fixture("llama/adapter-end");
        EvaluateSpec evaluation = new EvaluateSpec(
                fixture("llama/model"),
                List.of(new Contender("base", Optional.empty()), new Contender("candidate", Optional.of(adapter))),
                fixture("llama/data/valid.jsonl"),
                LossMask.ROW,
                2,
                512,
                0,
                1,
                Optional.empty());
        assertThat(run(new WorkerTask.Evaluate(evaluation))).isEqualTo(new WorkerOutcome.Completed());
        List<Evaluation.Score> scores = recording
                .messages(WorkerMessage.Evaluated.class)
                .getFirst()
                .evaluation()
                .scores();
        assertThat(scores).extracting(Evaluation.Score::name).containsExactly("base", "candidate");
        assertThat(scores.getLast().loss()).isLessThan(scores.getFirst().loss());
        assertThat(recording.messages(WorkerMessage.Evaluating.class))
                .last()
                .isEqualTo(new WorkerMessage.Evaluating("candidate", 4, 4));

        Path fused = folder.resolve("fused");
        assertThat(run(new WorkerTask.Fuse(new FuseSpec(fixture("llama/model"), adapter, fused, false))))
                .isEqualTo(new WorkerOutcome.Completed());
        assertThat(recording.messages(WorkerMessage.Fused.class))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.model()).isEqualTo(fused);
                    assertThat(message.files())
                            .contains("config.json")
                            .allSatisfy(file -> assertThat(fused.resolve(file)).isRegularFile());
                });
        assertThat(run(new WorkerTask.Fuse(new FuseSpec(fixture("llama/model"), adapter, fused, false))))
                .isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> assertThat(failed.userError())
                        .isTrue());
    }

    @Test
    void aWorkerThatIsClosedIsGone() throws Exception {
        EngineWorker worker = launcher().start(training(folder.resolve("adapter"), ENDLESS, false), recording);
        recording.awaitMessage(WorkerMessage.Ready.class::isInstance);
        worker.close();
        assertThat(ProcessHandle.of(worker.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(worker.await())
                .isEqualTo(new WorkerOutcome.Failed("The worker was ended before its task was complete.", false));
    }

    @Test
    void badInputIsTheUsersAndIsNamedWithoutItsText() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("train.jsonl"), "{\"text\": \"a row\"}\n{\"text\": \"SECRET\" oops}\n");
        assertThat(run(trainingOn(fixture("llama/model"), data)))
                .isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
                    assertThat(failed.userError()).isTrue();
                    assertThat(failed.reason())
                            .contains(data.resolve("train.jsonl").toString(), "line 2")
                            .doesNotContain("SECRET");
                });
        assertThat(recording.messages()).last().isInstanceOf(WorkerMessage.Failed.class);
    }

    @Test
    void aMissingModelIsTheUsers() throws Exception {
        assertThat(run(trainingOn(folder.resolve("absent"), fixture("llama/data"))))
                .isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
                    assertThat(failed.userError()).isTrue();
                    assertThat(failed.reason())
                            .contains(folder.resolve("absent").toString());
                });
    }

    @Test
    void aJavaThatIsNotThereIsRefusedAtOnce() {
        WorkerJvm jvm =
                new WorkerJvm(folder, Optional.empty(), List.of(), Map.of(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> new ProcessLauncher(jvm).start(training(folder, 5, false), recording))
                .isInstanceOf(WorkerStartException.class)
                .hasMessage("The worker cannot start: there is no " + folder.resolve("bin/java")
                        + " that can be run; the worker's Java home must be the folder of a Java 25 or later.");
    }

    @Test
    void aJvmThatDoesNotStartSaysSoItself() throws Exception {
        Path logs = folder.resolve("logs");
        WorkerJvm jvm = jvm(List.of("-XX:+NoSuchOption"), Optional.of(logs));
        try (EngineWorker worker = new ProcessLauncher(jvm).start(training(folder, 5, false), recording)) {
            assertThat(worker.await())
                    .isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> assertThat(failed.reason())
                            .startsWith("The worker ended with exit code 1: its JVM did not start")
                            .contains("NoSuchOption")
                            .contains("Its log is " + logs));
        }
        try (Stream<Path> files = Files.list(logs)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(log -> assertThat(log).content().contains("NoSuchOption"));
        }
    }

    @Test
    void aHeapThatIsTooSmallIsNamed() throws Exception {
        WorkerJvm jvm = new WorkerJvm(
                WorkerJvm.ofThisProcess().javaHome(),
                Optional.of("3m"),
                List.of("-XX:+UseSerialGC"),
                Map.of(),
                Optional.of(folder.resolve("work")),
                Optional.empty());
        try (EngineWorker worker =
                new ProcessLauncher(jvm).start(training(folder.resolve("adapter"), 5, false), recording)) {
            assertThat(worker.await())
                    .isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> assertThat(failed.reason())
                            .contains("-Xmx"));
        }
        assertThat(folder.resolve("work")).isDirectory();
    }

    private WorkerTask trainingOn(Path model, Path data) {
        return new WorkerTask.Train(new TrainSpec(
                model,
                data,
                Optional.empty(),
                folder.resolve("adapter"),
                TrainSettings.fromMap(Map.of("iters", 5)),
                Optional.empty(),
                false,
                false));
    }

    private WorkerOutcome run(WorkerTask task) throws InterruptedException {
        try (EngineWorker worker = launcher().start(task, recording)) {
            return worker.await();
        }
    }

    private static ProcessLauncher launcher() {
        return new ProcessLauncher(jvm(List.of(), Optional.empty()));
    }

    private static WorkerJvm jvm(List<String> options, Optional<Path> logs) {
        return new WorkerJvm(
                WorkerJvm.ofThisProcess().javaHome(),
                Optional.of("256m"),
                options,
                Map.of("OPENBLAS_NUM_THREADS", "1"),
                Optional.empty(),
                logs);
    }

    private static void kill(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
