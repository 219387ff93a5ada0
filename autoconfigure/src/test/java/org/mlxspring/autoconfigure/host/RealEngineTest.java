package org.mlxspring.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real engine in its own process, on the small Llama of the reference fixtures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealEngineTest {

    private static final Path FIXTURE = Path.of("..", "engine", "src", "test", "resources", "fixtures", "llama");
    private static final Map<String, Object> SETTINGS = Map.of(
            "iters", 60,
            "batch_size", 2,
            "learning_rate", 1e-2,
            "num_layers", -1,
            "max_seq_length", 64,
            "steps_per_report", 1,
            "steps_per_eval", 30,
            "val_batches", 1,
            "save_every", 5);

    private Host host;

    @BeforeAll
    void start(@TempDir Path folder) {
        host = Host.start(
                List.of(),
                folder.resolve("home"),
                "spring.datasource.url=jdbc:h2:mem:real;DB_CLOSE_DELAY=-1",
                "mlx.models.whole.path=" + FIXTURE.resolve("model"),
                "mlx.models.killed.path=" + FIXTURE.resolve("model"),
                "mlx.models.packed.path=" + FIXTURE.resolveSibling("llama-4bit").resolve("model"),
                "mlx.models.preferring.path=" + FIXTURE.resolve("model"),
                "mlx.engine.heap=512m",
                "mlx.engine.threads=2");
        host.upload("rows", Map.of("train", rows()));
        host.upload("pairs", Map.of("train", pairs()));
    }

    @AfterAll
    void stop() {
        host.close();
    }

    @Test
    void aRunGoesThroughThePipeline() throws Exception {
        String id = start("whole");
        JsonNode done = host.await(id, run -> over(run));
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("SUCCEEDED");
        assertThat(done.path("decision").asString()).as(done.toString()).isEqualTo("PROMOTED");
        assertThat(done.path("scores").get(1).path("loss").asDouble())
                .isLessThan(done.path("scores").get(0).path("loss").asDouble());
        Path fused = Path.of(done.path("fusedModel").asString());
        assertThat(fused.resolve("model.safetensors")).isNotEmptyFile();
        assertThat(fused.resolve("config.json")).isNotEmptyFile();
        JsonNode metrics =
                host.get("/mlx/api/runs/" + id + "/metrics?size=500").body().path("content");
        assertThat(metrics.valueStream()
                        .filter(metric -> metric.path("kind").asString().equals("train"))
                        .map(metric -> metric.path("iteration").asInt()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 60).boxed().toList());
    }

    @Test
    void adaptersOfQuantizedModelsAndPreferencesGoThroughThePipeline() throws Exception {
        Map<String, Object> few = new HashMap<>(SETTINGS);
        few.putAll(Map.of("iters", 30, "steps_per_eval", 15, "steps_per_report", 5));
        String quantized = start("packed", "rows", few);
        few.putAll(Map.of("train_mode", "dpo", "early_stopping_patience", 5));
        String preferring = start("preferring", "pairs", few);

        JsonNode packed = host.await(quantized, RealEngineTest::over);
        assertThat(packed.path("decision").asString()).as(packed.toString()).isEqualTo("PROMOTED");
        assertThat(packed.path("state").asString()).as(packed.toString()).isEqualTo("SUCCEEDED");
        assertThat(packed.path("checks").get(0).path("tokens").asInt()).isPositive();
        assertThat(Files.readString(Path.of(packed.path("fusedModel").asString(), "config.json")))
                .contains("quantization");

        JsonNode done = host.await(preferring, RealEngineTest::over);
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("SUCCEEDED");
        assertThat(done.path("decision").asString()).as(done.toString()).isEqualTo("PROMOTED");
        assertThat(done.path("reference").path("answers").asInt())
                .isEqualTo(done.path("reference").path("total").asInt())
                .isPositive();
        assertThat(done.path("best").path("iteration").asInt()).isPositive();
        assertThat(done.path("checks").get(0).path("meanKl").asDouble())
                .isLessThan(done.path("checks").get(0).path("maxKl").asDouble());
        JsonNode candidate = done.path("scores").get(1);
        assertThat(candidate.path("metrics").valueStream().map(metric -> metric.path("name")
                        .asString()))
                .contains("exact_match", "token_f1", "rouge_l");
        JsonNode reports = host.get("/mlx/api/runs/" + preferring + "/metrics?size=500")
                .body()
                .path("content");
        assertThat(reports.valueStream()
                        .filter(report -> report.path("iteration").asInt() >= 29)
                        .map(report ->
                                report.path("measures").path("reward_margin").asDouble()))
                .as("of the training and of the validation")
                .hasSize(2)
                .allMatch(margin -> margin > 0);
    }

    @Test
    void aKilledWorkerFailsTheRunAndARestartGoesOnFromItsCheckpoint() throws Exception {
        String id = start("killed");
        host.await(id, run -> run.path("iteration").asInt() > 10);
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        JsonNode failed = host.await(id, RealEngineTest::over);
        assertThat(failed.path("state").asString()).as(failed.toString()).isEqualTo("FAILED");
        assertThat(failed.path("reason").asString()).isNotBlank();
        assertThat(host.get("/mlx/api/models").status()).isEqualTo(200);
        host.post("/mlx/api/runs/" + id + "/restart", Map.of());
        JsonNode goesOn = host.await(id, run -> run.path("state").asString().equals("TRAINING") || over(run));
        assertThat(goesOn.path("iteration").asInt()).isGreaterThanOrEqualTo(10);
        JsonNode done = host.await(id, RealEngineTest::over);
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("SUCCEEDED");
    }

    private static boolean over(JsonNode run) {
        return List.of("SUCCEEDED", "FAILED", "STOPPED")
                .contains(run.path("state").asString());
    }

    private String start(String model) {
        return start(model, "rows", SETTINGS);
    }

    private String start(String model, String dataset, Map<String, Object> settings) {
        return host.post("/mlx/api/runs", Map.of("model", model, "dataset", dataset, "settings", settings))
                .body()
                .path("id")
                .asString();
    }

    private static String pairs() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            rows.append("{\"prompt\": \"Does the printer in room ")
                    .append(i)
                    .append(" work?\", \"chosen\": \"It fails.\", \"rejected\": \"The network is down today.\"}\n");
        }
        return rows.toString();
    }

    private static String rows() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            rows.append("{\"text\": \"The printer in room ").append(i).append(" fails on Monday.\"}\n");
        }
        return rows.toString();
    }
}
