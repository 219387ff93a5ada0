package org.mlxspring.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A host with nothing but an H2 DataSource: the whole API works on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainHostTest {

    private Host host;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path strange = Files.createDirectories(folder.resolve("strange"));
        Files.writeString(strange.resolve("config.json"), "{\"model_type\": \"perceptron\"}");
        host = Host.start(
                List.of(Host.Pretending.class),
                folder.resolve("home"),
                "spring.datasource.url=jdbc:h2:mem:plain;DB_CLOSE_DELAY=-1",
                "mlx.models.judged.path=" + folder.resolve("home-model"),
                "mlx.models.other.path=" + folder.resolve("home-model"),
                "mlx.models.topped.path=" + folder.resolve("home-model"),
                "mlx.models.strange.path=" + strange,
                "mlx.models.whole.path=" + Path.of("../engine/src/test/resources/fixtures/llama/model"),
                "mlx.models.zipped.path=" + folder.resolve("desk-q4.gguf"),
                "mlx.schedules.nightly.cron=0 0 2 * * *",
                "mlx.schedules.nightly.zone=UTC",
                "mlx.schedules.nightly.model=small",
                "mlx.schedules.nightly.dataset=tickets",
                "mlx.schedules.nightly.settings.iters=2");
    }

    @AfterAll
    void stop() {
        host.close();
    }

    @Test
    void aRunGoesThroughThePipelineAndItsCandidateIsPromoted() throws Exception {
        host.upload("promotion", Map.of("train", Host.rows("p", 40)));
        Host.Answer started = host.post(
                "/mlx/api/runs",
                Map.of(
                        "model",
                        "judged",
                        "dataset",
                        "promotion",
                        "settings",
                        Map.of("iters", 5, "learning_rate", 1.5, "steps_per_report", 1)));
        assertThat(started.status()).isEqualTo(202);
        String id = started.body().path("id").asString();
        assertThat(started.location().orElseThrow()).endsWith("/mlx/api/runs/" + id);
        assertThat(started.body().path("state").asString()).isEqualTo("QUEUED");
        assertThat(started.body().path("startedBy").asString()).isEqualTo("tina");

        JsonNode done = host.awaitState(id, "SUCCEEDED");

        assertThat(done.path("iteration").asInt()).isEqualTo(5);
        assertThat(done.path("iterations").asInt()).isEqualTo(5);
        assertThat(done.path("decision").asString()).isEqualTo("PROMOTED");
        assertThat(done.path("decisionReason").asString())
                .contains("candidate's loss 1.5000 is lower than the base model's 3.0000");
        assertThat(done.path("scores").valueStream().map(s -> s.path("name").asString()))
                .containsExactly("base", "candidate");
        assertThat(Path.of(done.path("fusedModel").asString()).resolve("config.json"))
                .exists();
        assertThat(done.path("settings").path("batch_size").asInt()).isEqualTo(4);
        assertThat(done.path("reference").path("total").asInt()).isEqualTo(4);
        assertThat(done.path("best").path("loss").asDouble()).isEqualTo(3.0);
        assertThat(done.path("checks").get(0).path("equalArgmax").asDouble()).isEqualTo(0.99);
        JsonNode judged = done.path("scores").get(1).path("metrics");
        assertThat(judged.size()).as("metrics of single fields are left out").isEqualTo(1);
        assertThat(judged.get(0).path("name").asString()).isEqualTo("token_f1");
        assertThat(judged.get(0).path("overBase").path("low").asDouble()).isEqualTo(-0.05);
        assertThat(done.path("scores")
                        .get(0)
                        .path("metrics")
                        .get(0)
                        .path("overBase")
                        .isNull())
                .isTrue();
        JsonNode metrics = host.get("/mlx/api/runs/" + id + "/metrics?size=3").body();
        assertThat(metrics.path("page").path("totalElements").asInt()).isEqualTo(6);
        assertThat(metrics.path("content").valueStream().map(m -> m.path("kind").asString()))
                .containsExactly("valid", "train", "train");
        assertThat(metrics.path("content").get(0).path("best").asBoolean()).isTrue();
        assertThat(metrics.path("content").get(2).path("measures").properties())
                .as("what is no number is left out")
                .hasSize(1);
        assertThat(metrics.path("content")
                        .get(2)
                        .path("measures")
                        .path("reward_margin")
                        .asDouble())
                .isEqualTo(1.0);
        long third = metrics.path("content").get(2).path("id").asLong();
        assertThat(host.get("/mlx/api/runs/" + id + "/metrics?after=" + third)
                        .body()
                        .path("content")
                        .size())
                .isEqualTo(3);
        JsonNode model =
                host.get("/mlx/api/models?size=1&page=0").body().path("content").get(0);
        assertThat(model.path("champion").path("loss").asDouble()).isEqualTo(1.5);
        assertThat(model.path("versions").get(0).path("run").asString()).isEqualTo(id);

        String worse = start("judged", "promotion", Map.of("iters", 1, "learning_rate", 2.0));
        JsonNode kept = host.awaitState(worse, "SUCCEEDED");
        assertThat(kept.path("decision").asString()).isEqualTo("KEPT");
        assertThat(kept.path("decisionReason").asString()).contains("not lower than the champion's 1.5000");
        assertThat(kept.path("fusedModel").isNull()).isTrue();
        assertThat(kept.path("scores").valueStream().map(s -> s.path("name").asString()))
                .containsExactly("base", "champion", "candidate");
        assertThat(host.get("/mlx/api/runs?state=SUCCEEDED&dataset=promotion")
                        .body()
                        .path("content")
                        .get(0)
                        .path("id")
                        .asString())
                .as("newest first")
                .isEqualTo(worse);
    }

    @Test
    void whatServesIsNotFusedAgainWhereARunWasInterruptedBehindItsPromotion() throws Exception {
        host.upload("twice", Map.of("train", Host.rows("t", 40)));
        String id = start("other", "twice", Map.of("iters", 1, "learning_rate", 1.5));
        Path serving =
                Path.of(host.awaitState(id, "SUCCEEDED").path("fusedModel").asString());
        Path mark = Files.writeString(serving.resolve("mark"), "of the first time");
        asIfItWasKilledInItsLastStep(id);

        host.post("/mlx/api/runs/" + id + "/restart", Map.of());
        host.awaitState(id, "SUCCEEDED");

        assertThat(mark).exists();
        assertThat(host.get("/mlx/api/models").body().path("content").valueStream())
                .filteredOn(model -> model.path("name").asString().equals("other"))
                .singleElement()
                .satisfies(model -> assertThat(model.path("versions").size()).isEqualTo(1));
    }

    @Test
    void theSingleJobsContinueWithWhatEarlierRunsMade() throws Exception {
        host.upload("single", Map.of("train", Host.rows("s", 40)));
        Host.Answer tooEarly = job("evaluate");
        assertThat(tooEarly.status()).isEqualTo(422);
        assertThat(tooEarly.body().path("detail").asString()).contains("start one with job 'train' first");
        assertThat(host.awaitState(job("prepare").body().path("id").asString(), "SUCCEEDED")
                        .path("decision")
                        .isNull())
                .isTrue();
        String trained = job("train").body().path("id").asString();
        host.awaitState(trained, "SUCCEEDED");
        JsonNode evaluated = host.awaitState(job("evaluate").body().path("id").asString(), "SUCCEEDED");
        assertThat(evaluated.path("decision").asString()).isEqualTo("PROMOTED");
        assertThat(evaluated.path("fusedModel").isNull()).isTrue();
        JsonNode fused = host.awaitState(job("fuse").body().path("id").asString(), "SUCCEEDED");
        assertThat(Path.of(fused.path("fusedModel").asString())).isDirectory();
    }

    @Test
    void whatWasJudgedBeforeAnotherModelServedIsJudgedAgain() throws Exception {
        host.upload("early", Map.of("train", Host.rows("e", 40)));
        host.upload("late", Map.of("train", Host.rows("l", 40)));
        Map<String, ?> fair = Map.of("iters", 1, "learning_rate", 1.5);
        host.awaitState(job("train", "topped", "early", fair), "SUCCEEDED");
        JsonNode judged = host.awaitState(job("evaluate", "topped", "early", fair), "SUCCEEDED");
        assertThat(judged.path("decision").asString()).isEqualTo("PROMOTED");
        String better = start("topped", "late", Map.of("iters", 1, "learning_rate", 0.5));
        host.awaitState(better, "SUCCEEDED");

        JsonNode fused = host.awaitState(job("fuse", "topped", "early", fair), "SUCCEEDED");

        assertThat(fused.path("decision").asString()).isEqualTo("KEPT");
        assertThat(fused.path("decisionReason").asString()).contains("1.5000 is not lower than the champion's 0.5000");
        assertThat(fused.path("fusedModel").isNull()).isTrue();
        assertThat(fused.path("scores").valueStream())
                .filteredOn(score -> score.path("name").asString().equals("champion"))
                .singleElement()
                .satisfies(score -> assertThat(score.path("version").asInt()).isEqualTo(1));
    }

    @Test
    void aRunStopsWithACheckpointAndRestartsFromIt() throws Exception {
        host.upload("stopping", Map.of("train", Host.rows("s", 40)));
        String id = start("stopping", Map.of("iters", 100, "save_every", 50, "steps_per_report", 1));
        host.await(id, run -> run.path("iteration").asInt() > 3);
        assertThat(host.post("/mlx/api/runs/" + id + "/restart", Map.of()).status())
                .isEqualTo(409);
        assertThat(host.post("/mlx/api/runs/" + id + "/stop", Map.of()).status())
                .isEqualTo(202);
        JsonNode stopped = host.awaitState(id, "STOPPED");
        int reached = stopped.path("iteration").asInt();
        assertThat(reached).isBetween(4, 99);
        assertThat(stopped.path("reason").asString()).contains("last checkpoint");
        assertThat(host.post("/mlx/api/runs/" + id + "/stop", Map.of()).status())
                .isEqualTo(409);
        assertThat(host.post("/mlx/api/runs/" + id + "/restart", Map.of()).status())
                .isEqualTo(202);
        host.awaitState(id, "SUCCEEDED");
        JsonNode metrics =
                host.get("/mlx/api/runs/" + id + "/metrics?size=500").body().path("content");
        assertThat(metrics.valueStream()
                        .filter(m -> m.path("kind").asString().equals("train"))
                        .map(m -> m.path("iteration").asInt()))
                .as("every iteration once, in order")
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void aFailedWorkerFailsTheRunWithItsReasonAndARestartGoesOn() throws Exception {
        host.upload("failing", Map.of("train", Host.rows("f", 40)));
        String id = start("failing", Map.of("iters", 4, "seed", 13, "save_every", 2));
        JsonNode failed = host.awaitState(id, "FAILED");
        assertThat(failed.path("reason").asString()).isEqualTo("The worker was killed by signal 9.");
        host.post("/mlx/api/runs/" + id + "/restart", Map.of());
        JsonNode done = host.awaitState(id, "SUCCEEDED");
        assertThat(done.path("reason").isNull()).isTrue();
    }

    @Test
    void aScheduleTellsItsNextRunAndStartsByHand() throws Exception {
        JsonNode before = host.get("/mlx/api/schedules").body().path("content").get(0);
        assertThat(before.path("nextRun").asString()).endsWith("T02:00:00Z");
        Host.Answer early = host.post("/mlx/api/schedules/nightly/run", Map.of());
        assertThat(early.status()).isEqualTo(404);
        assertThat(early.body().path("detail").asString()).contains("There is no dataset 'tickets'");
        host.upload("tickets", Map.of("train", Host.rows("t", 30)));
        Host.Answer run = host.post("/mlx/api/schedules/nightly/run", Map.of());
        assertThat(run.status()).isEqualTo(202);
        assertThat(run.body().path("schedule").asString()).isEqualTo("nightly");
        JsonNode done = host.awaitState(run.body().path("id").asString(), "SUCCEEDED");
        assertThat(done.path("iterations").asInt()).isEqualTo(2);
        assertThat(host.get("/mlx/api/schedules")
                        .body()
                        .path("content")
                        .get(0)
                        .path("lastRun")
                        .path("state")
                        .asString())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void datasetsAreSplitTheSameWayNumberedAndKnownAgain() {
        String rows = Host.rows("d", 200);
        JsonNode first = host.upload("numbered", Map.of("train", rows)).body();
        assertThat(first.path("version").asInt()).isEqualTo(1);
        assertThat(first.path("trainRows").asInt()).isBetween(130, 190);
        assertThat(first.path("trainRows").asInt()
                        + first.path("validRows").asInt()
                        + first.path("testRows").asInt())
                .isEqualTo(200);
        JsonNode again = host.upload("numbered", Map.of("train", rows)).body();
        assertThat(again).isEqualTo(first);
        JsonNode second = host.upload(
                        "numbered", Map.of("train", rows, "valid", Host.rows("v", 3), "test", Host.rows("t", 2)))
                .body();
        assertThat(second.path("version").asInt()).isEqualTo(2);
        assertThat(second.path("trainRows").asInt()).isEqualTo(200);
        assertThat(second.path("validRows").asInt()).isEqualTo(3);
        JsonNode versions = host.get("/mlx/api/datasets/numbered/versions").body();
        assertThat(versions.path("content").valueStream().map(v -> v.path("version")
                        .asInt()))
                .containsExactly(2, 1);
        JsonNode few = host.upload("few", Map.of("train", Host.rows("x", 3))).body();
        assertThat(few.path("trainRows").asInt()).isEqualTo(1);
        assertThat(few.path("validRows").asInt()).isEqualTo(1);
        assertThat(host.upload("fewer", Map.of("train", Host.rows("x", 2))).status())
                .isEqualTo(422);
        JsonNode drawn =
                host.upload("drawn", Map.of("train", rows, "valid", "")).body();
        assertThat(drawn.path("validRows").asInt())
                .as("a form sends a file that nobody chose as an empty one")
                .isPositive();
    }

    @Test
    void anUploadMayBeLargerThanTheHostAllowsForItself() {
        String rows = Host.rows("a rather long prompt ".repeat(20), 10_000);
        assertThat(rows.length()).isGreaterThan(4_000_000);
        Host.Answer large = host.upload("large", Map.of("train", rows));
        assertThat(large.status()).as(large.body().toString()).isEqualTo(201);
        assertThat(large.location().orElseThrow()).endsWith("/mlx/api/datasets/large/versions");
        assertThat(large.body().path("createdBy").asString()).isEqualTo("tina");
    }

    @Test
    void errorsSayWhatIsWrongAndStoreNothing() {
        Host.Answer bad = host.upload("bad", Map.of("train", "{\"text\": \"fine\"}\n{oops\n{\"a\": 1}\n"));
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.body().path("file").asString()).isEqualTo("train.jsonl");
        assertThat(bad.body().path("line").asInt()).isEqualTo(2);
        assertThat(bad.body().path("rows").size()).isEqualTo(2);
        assertThat(bad.body().toString()).doesNotContain("oops");
        Host.Answer likeAPath = host.upload("preview", Map.of("train", Host.rows("x", 3)));
        assertThat(likeAPath.status()).isEqualTo(422);
        assertThat(likeAPath.body().path("detail").asString())
                .isEqualTo(
                        "The name of a dataset must be another than 'preview', since /mlx/api/datasets/preview answers"
                                + " something else than a dataset.");
        assertThat(host.upload("no good", Map.of("train", Host.rows("x", 9))).status())
                .isEqualTo(422);
        assertThat(host.upload("none", Map.of()).status()).isEqualTo(400);
        assertThat(host.get("/mlx/api/datasets/none/versions").status()).isEqualTo(404);
        host.upload("good", Map.of("train", Host.rows("x", 30)));
        Host.Answer setting = host.post(
                "/mlx/api/runs", Map.of("model", "small", "dataset", "good", "settings", Map.of("batch_size", 0)));
        assertThat(setting.status()).isEqualTo(422);
        assertThat(setting.body().path("setting").asString()).isEqualTo("batch_size");
        Host.Answer model = host.post("/mlx/api/runs", Map.of("model", "big", "dataset", "good"));
        assertThat(model.status()).isEqualTo(404);
        assertThat(model.body().path("models").get(2).asString()).isEqualTo("small");
        Host.Answer family = host.post("/mlx/api/runs", Map.of("model", "strange", "dataset", "good"));
        assertThat(family.status()).isEqualTo(422);
        assertThat(family.body().path("property").asString()).isEqualTo("mlx.models.strange.path");
        assertThat(family.body().path("detail").asString())
                .contains("the model_type 'perceptron' is not supported; supported are", "qwen3");
        Host.Answer packed = host.post("/mlx/api/runs", Map.of("model", "zipped", "dataset", "good"));
        assertThat(packed.status()).isEqualTo(422);
        assertThat(packed.body().path("detail").asString())
                .contains("desk-q4.gguf is a GGUF file", "Use the folder of the original Hugging Face model");
        Host.Answer typo = host.post("/mlx/api/runs", Map.of("model", "small", "dataset", "good", "setings", 1));
        assertThat(typo.status()).isEqualTo(400);
        assertThat(typo.body().path("detail").asString()).contains("'setings'");
        assertThat(host.post("/mlx/api/runs", Map.of("dataset", "good")).status())
                .isEqualTo(422);
        assertThat(host.get("/mlx/api/runs/none").status()).isEqualTo(404);
        assertThat(host.get("/mlx/api/runs?state=ASLEEP").status()).isEqualTo(400);
        assertThat(host.get("/mlx/api/runs?size=0").status()).isEqualTo(422);
        assertThat(host.get("/mlx/api/runs?dataset=good")
                        .body()
                        .path("page")
                        .path("totalElements")
                        .asInt())
                .isZero();
    }

    @Test
    void aRunThatTheMemoryCannotHoldIsRefusedAtOnce() {
        host.upload("heavy", Map.of("train", Host.rows("x", 30)));
        String before = System.setProperty("mlx.memory.limit", "100000");
        try {
            Host.Answer refused = host.post("/mlx/api/runs", Map.of("model", "whole", "dataset", "heavy"));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body().path("title").asString()).isEqualTo("Too little memory");
            assertThat(refused.body().path("property").asString()).isEqualTo("mlx.engine.memory-limit");
            assertThat(refused.body().path("detail").asString()).contains("it may use");
        } finally {
            if (before == null) {
                System.clearProperty("mlx.memory.limit");
            } else {
                System.setProperty("mlx.memory.limit", before);
            }
        }
        assertThat(host.get("/mlx/api/runs?dataset=heavy")
                        .body()
                        .path("page")
                        .path("totalElements")
                        .asInt())
                .isZero();
    }

    @Test
    void rowsMustSuitTheTrainMode() throws Exception {
        String pair = "{\"prompt\": \"p%d\", \"chosen\": \"c\", \"rejected\": \"r\"}\n";
        String pairs = IntStream.range(0, 30).mapToObj(pair::formatted).collect(Collectors.joining());
        assertThat(host.upload("pairs", Map.of("train", pairs))
                        .body()
                        .path("kind")
                        .asString())
                .isEqualTo("PREFERENCE");
        assertThat(host.upload("singles", Map.of("train", Host.rows("x", 30)))
                        .body()
                        .path("kind")
                        .asString())
                .isEqualTo("ANSWER");
        assertRefused(
                "singles",
                Map.of("train_mode", "orpo"),
                "train_mode is orpo, but the rows of dataset 'singles' version 1 have one answer each; use train_mode"
                        + " sft, or");
        assertRefused("pairs", Map.of(), "train_mode is sft", "are preferences; use train_mode dpo or orpo");
        host.awaitState(start("pairs", Map.of("train_mode", "dpo", "iters", 1)), "SUCCEEDED");
        Host.Answer mixed = host.upload("mixed", Map.of("train", pairs + Host.rows("x", 1)));
        assertThat(mixed.status()).isEqualTo(422);
        assertThat(mixed.body().path("detail").asString())
                .contains("line 31", "keep preferences in a dataset of their own");
        Host.Answer files = host.upload("mixed", Map.of("train", pairs, "test", Host.rows("x", 3)));
        assertThat(files.status()).isEqualTo(422);
        assertThat(files.body().path("detail").asString()).contains("keep preferences in a dataset of their own");
    }

    private void assertRefused(String dataset, Map<String, ?> settings, String... words) {
        Host.Answer refused =
                host.post("/mlx/api/runs", Map.of("model", "small", "dataset", dataset, "settings", settings));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("setting").asString()).isEqualTo("train_mode");
        assertThat(refused.body().path("detail").asString()).contains(words);
    }

    @Test
    void eventsTellEveryMetricAndTheEnd() throws Exception {
        host.upload("events", Map.of("train", Host.rows("e", 40)));
        String id = start("events", Map.of("iters", 60, "steps_per_report", 1));
        String events = host.client()
                .get()
                .uri("/mlx/api/runs/" + id + "/events")
                .retrieve()
                .body(String.class);
        assertThat(events.lines().filter("event:metric"::equals)).hasSize(61);
        assertThat(events).contains("event:state").contains("\"state\":\"TRAINING\"");
        assertThat(events.substring(events.lastIndexOf("event:")))
                .startsWith("event:end")
                .contains("SUCCEEDED");
        String last = events.lines()
                .filter(line -> line.startsWith("id:"))
                .skip(58)
                .findFirst()
                .orElseThrow()
                .substring(3);
        String rest = host.client()
                .get()
                .uri("/mlx/api/runs/" + id + "/events")
                .header("Last-Event-ID", last)
                .retrieve()
                .body(String.class);
        assertThat(rest.lines().filter("event:metric"::equals)).hasSize(2);
    }

    private Host.Answer job(String job) {
        return request(job, "other", "single", Map.of("iters", 2, "learning_rate", 0.1));
    }

    private String job(String job, String model, String dataset, Map<String, ?> settings) {
        return request(job, model, dataset, settings).body().path("id").asString();
    }

    private Host.Answer request(String job, String model, String dataset, Map<String, ?> settings) {
        return host.post("/mlx/api/runs", Map.of("model", model, "dataset", dataset, "job", job, "settings", settings));
    }

    private void asIfItWasKilledInItsLastStep(String run) {
        String executions = " where job_execution_id in (select job_execution_id from mlx_batch_job_execution_params"
                + " where parameter_value = ?)";
        JdbcClient database = JdbcClient.create(host.context().getBean(DataSource.class));
        Stream.of(
                        "update mlx_runs set state = 'FAILED' where id = ?",
                        "update mlx_batch_job_execution set status = 'FAILED', exit_code = 'FAILED'" + executions,
                        "update mlx_batch_step_execution set status = 'FAILED', exit_code = 'FAILED'" + executions
                                + " and step_name = 'fuse'")
                .forEach(sql -> database.sql(sql).param(run).update());
    }

    private String start(String dataset, Map<String, ?> settings) {
        return start("small", dataset, settings);
    }

    private String start(String model, String dataset, Map<String, ?> settings) {
        return host.post("/mlx/api/runs", Map.of("model", model, "dataset", dataset, "settings", settings))
                .body()
                .path("id")
                .asString();
    }
}
