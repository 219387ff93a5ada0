package org.mlxspring.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Hosts on an H2 file that several processes open. */
class SharedFileTest {

    @TempDir
    private Path folder;

    @Test
    void twoInstancesStartAScheduleOnceEachTime() throws Exception {
        Instances.startAScheduleOnceEachTime(folder.resolve("home"), url());
    }

    /** An application that is shut down in mid-training writes a checkpoint; the run goes on after its next start. */
    @Test
    void aRunOfAStoppingApplicationGoesBackToTheQueue() throws Exception {
        Path home = folder.resolve("stopped");
        String id;
        try (Host host = Host.start(List.of(Host.Pretending.class), home, url())) {
            id = longRun(host);
            host.await(id, run -> run.path("iteration").asInt() > 12);
        }
        try (Host watcher = Host.start(List.of(Host.Pretending.class), home, url(), "mlx.runs.concurrency=0")) {
            JsonNode queued = watcher.get("/mlx/api/runs/" + id).body();
            assertThat(queued.path("state").asString()).isEqualTo("QUEUED");
            int reached = queued.path("iteration").asInt();
            assertThat(reached).isBetween(13, 199);
            assertThat(Files.readString(home.resolve("runs").resolve(id).resolve("adapter/checkpoint")))
                    .isEqualTo(Integer.toString(reached));
        }
        try (Host host = Host.start(List.of(Host.Pretending.class), home, url())) {
            host.awaitState(id, "SUCCEEDED");
        }
    }

    /** The application is killed with SIGKILL in mid-training; after a new start the run goes on by itself, twice. */
    @Test
    void aRunOfAKilledApplicationIsTakenUpAgain() throws Exception {
        Path home = folder.resolve("killed");
        String id;
        try (Host host = Host.start(List.of(Host.Pretending.class), home, url(), "mlx.runs.concurrency=0")) {
            id = longRun(host);
            workAndDie(host, home, id, 42);
            workAndDie(host, home, id, 82);
            assertThat(host.get("/mlx/api/runs/" + id).body().path("state").asString())
                    .isEqualTo("TRAINING");
        }
        try (Host host = Host.start(List.of(Host.Pretending.class), home, url())) {
            JsonNode done = host.awaitState(id, "SUCCEEDED");
            assertThat(done.path("iteration").asInt()).isEqualTo(200);
            JsonNode metrics =
                    host.get("/mlx/api/runs/" + id + "/metrics?size=500").body().path("content");
            assertThat(metrics.valueStream()
                            .filter(metric -> metric.path("kind").asString().equals("train"))
                            .map(metric -> metric.path("iteration").asInt()))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 200).boxed().toList());
        }
    }

    /** Its checkpoints are well apart: what was not yet written down at a kill must not lie before the last one. */
    private static String longRun(Host host) {
        host.upload("long", Map.of("train", Host.rows("k", 40)));
        Map<String, Integer> settings = Map.of("iters", 200, "save_every", 40, "steps_per_report", 1);
        return host.post("/mlx/api/runs", Map.of("model", "small", "dataset", "long", "settings", settings))
                .body()
                .path("id")
                .asString();
    }

    /** Runs the application in a process of its own until the run has come so far, and kills it. */
    private void workAndDie(Host watcher, Path home, String run, int iteration)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "child", ".log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ChildHost.class.getName(),
                        home.toString(),
                        url())
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
        Instant limit = Instant.now().plus(Duration.ofMinutes(2));
        while (watcher.get("/mlx/api/runs/" + run).body().path("iteration").asInt() < iteration) {
            assertThat(Instant.now()).as(() -> read(log)).isBefore(limit);
            assertThat(child.isAlive()).as(() -> read(log)).isTrue();
            Thread.sleep(50);
        }
        child.destroyForcibly().waitFor();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    private String url() {
        return "spring.datasource.url=jdbc:h2:file:" + folder.resolve("database") + ";AUTO_SERVER=TRUE";
    }
}
