package org.mlxspring.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.engine.worker.Recording.fixture;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.train.TrainMode;

@Timeout(180)
class InProcessLauncherTest {

    @TempDir
    Path folder;

    @Test
    void tasksAreDoneOneAfterAnotherInThisJvm() throws Exception {
        List<EngineWorker> workers = new ArrayList<>();
        Recording recording = new Recording();
        try (EngineWorker first = start("a", recording);
                EngineWorker second = start("b", recording)) {
            workers.add(first);
            workers.add(second);
            for (EngineWorker worker : workers) {
                assertThat(worker.await()).isEqualTo(new WorkerOutcome.Completed());
                assertThat(worker.pid()).isEqualTo(ProcessHandle.current().pid());
            }
        }
        assertThat(recording.messages())
                .extracting(message -> message.getClass().getSimpleName())
                .containsExactly("Ready", "Prepared", "Prepared", "Done", "Ready", "Prepared", "Prepared", "Done");
    }

    @Test
    void aTaskThatWaitsCanBeStopped() throws Exception {
        EngineWorker first = start("a", new Recording());
        EngineWorker second = start("b", new Recording());
        second.requestStop();
        assertThat(second.await()).isEqualTo(new WorkerOutcome.Stopped());
        first.close();
    }

    @Test
    void aListenerThatFailsDoesNotEndTheTask() throws Exception {
        try (EngineWorker worker = new InProcessLauncher().start(prepare("a"), message -> {
            throw new IllegalStateException("the database is away");
        })) {
            assertThat(worker.await()).isEqualTo(new WorkerOutcome.Completed());
        }
    }

    /** MLX belongs to one thread of a process, and in this one it may be another test's. */
    @Test
    void trainsInAProcessOfItsOwn() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingInProcess.class.getName(),
                        folder.resolve("adapter").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("Completed[]\nStopped[]\n");
        assertThat(process.waitFor()).isZero();
    }

    private EngineWorker start(String name, Recording recording) {
        return new InProcessLauncher().start(prepare(name), recording);
    }

    private WorkerTask prepare(String name) {
        return new WorkerTask.Prepare(
                fixture("llama/model"), fixture("llama/data"), folder.resolve(name), LossMask.ROW, TrainMode.SFT);
    }
}
