package org.mlxspring.autoconfigure.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A night: rows first, then the run, or neither. */
class ScheduledImportTest {

    @TempDir
    Path folder;

    @Test
    void aRunStartsWhenTheSourcesOfItsDatasetAreInAndOnlyThen() throws Exception {
        Path docs = folder.resolve("docs");
        try (Host host = Host.start(
                List.of(Host.Pretending.class),
                folder.resolve("home"),
                "spring.datasource.url=jdbc:h2:mem:nights;DB_CLOSE_DELAY=-1",
                "mlx.datasets.sources.manual.dataset=manual",
                "mlx.datasets.sources.manual.folder=" + docs,
                "mlx.schedules.often.cron=*/2 * * * * *",
                "mlx.schedules.often.model=small",
                "mlx.schedules.often.dataset=manual",
                "mlx.schedules.often.settings.iters=1")) {
            String reason = await(host, "/lastFailure/reason");
            assertThat(reason).contains("of source manual is FAILED", "is not there or cannot be read");
            assertThat(host.get("/mlx/api/runs").body().path("content")).isEmpty();
            Path ready = Files.createDirectories(folder.resolve("ready"));
            Files.writeString(ready.resolve("rows.jsonl"), Host.rows("m", 30));
            Files.move(ready, docs);
            String run = await(host, "/lastRun/id");
            assertThat(host.get("/mlx/api/schedules")
                            .body()
                            .at("/content/0/lastFailure")
                            .isNull())
                    .isTrue();
            assertThat(host.get("/mlx/api/runs/" + run).body().path("dataset").asString())
                    .isEqualTo("manual");
        }
    }

    @Test
    void byHandTheSourcesAreImportedFirst() throws Exception {
        Path docs = folder.resolve("by-hand");
        try (Host host = Host.start(
                List.of(Host.Pretending.class),
                folder.resolve("home"),
                "spring.datasource.url=jdbc:h2:mem:by-hand;DB_CLOSE_DELAY=-1",
                "mlx.datasets.sources.manual.dataset=manual",
                "mlx.datasets.sources.manual.folder=" + docs,
                "mlx.schedules.nightly.cron=0 0 2 * * *",
                "mlx.schedules.nightly.model=small",
                "mlx.schedules.nightly.dataset=manual",
                "mlx.schedules.nightly.settings.iters=1")) {
            Host.Answer without = host.post("/mlx/api/schedules/nightly/run", Map.of());
            assertThat(without.status()).isEqualTo(409);
            assertThat(without.body().path("import").asLong()).isPositive();
            assertThat(without.body().path("detail").asString())
                    .isEqualTo(await(host, "/lastFailure/reason"))
                    .contains("of source manual is FAILED");
            Files.createDirectories(docs);
            Files.writeString(docs.resolve("rows.jsonl"), Host.rows("m", 30));
            Host.Answer run = host.post("/mlx/api/schedules/nightly/run", Map.of());
            assertThat(run.status()).as(run.body().toString()).isEqualTo(202);
            assertThat(run.body().path("datasetVersion").asInt()).isEqualTo(1);
            assertThat(host.get("/mlx/api/schedules")
                            .body()
                            .at("/content/0/lastFailure")
                            .isNull())
                    .isTrue();
            Files.writeString(docs.resolve("more.jsonl"), Host.rows("n", 30));
            assertThat(host.post("/mlx/api/schedules/nightly/run", Map.of())
                            .body()
                            .path("datasetVersion")
                            .asInt())
                    .isEqualTo(2);
            assertThat(host.get("/mlx/api/datasets/manual/imports")
                            .body()
                            .at("/content/0/createdBy")
                            .asString())
                    .isEqualTo("tina");
        }
    }

    @Test
    void aRunThatWasStartedBeforeItsInstanceWasKilledIsNotStartedAgain() throws Exception {
        try (Host host = Host.start(
                List.of(Host.Pretending.class),
                folder.resolve("home"),
                "spring.datasource.url=jdbc:h2:mem:killed-clock;DB_CLOSE_DELAY=-1",
                "mlx.schedules.yearly.cron=0 0 2 29 2 *",
                "mlx.schedules.yearly.model=small",
                "mlx.schedules.yearly.dataset=uploaded",
                "mlx.schedules.yearly.settings.iters=1")) {
            host.upload("uploaded", Map.of("train", Host.rows("u", 30)));
            JdbcClient jdbc = JdbcClient.create(host.context().getBean(DataSource.class));
            comeUp(jdbc);
            await(host, "/lastRun/id");
            comeUp(jdbc);
            assertThat(host.get("/mlx/api/runs").body().path("content")).hasSize(1);
        }
    }

    /** Makes the schedule due, as it is when an instance dies while it starts a run, and waits until it was dealt with. */
    private static void comeUp(JdbcClient jdbc) throws InterruptedException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        jdbc.sql("update mlx_scheduled_tasks set execution_time = ?").param(now).update();
        Instant limit = Instant.now().plusSeconds(60);
        while (jdbc.sql("select count(*) from mlx_scheduled_tasks where execution_time <= ?")
                        .param(now)
                        .query(Integer.class)
                        .single()
                > 0) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.sleep(100);
        }
    }

    private static String await(Host host, String pointer) throws InterruptedException {
        Instant limit = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(limit)) {
            JsonNode found = host.get("/mlx/api/schedules").body().at("/content/0" + pointer);
            if (found.isString()) {
                return found.asString();
            }
            Thread.sleep(200);
        }
        throw new AssertionError("Nothing at " + pointer);
    }
}
