package org.mlxspring.autoconfigure.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.erasure.Pool;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Rows, versions, files and lines whose time is over; first looked at by a dry clean-up, then removed. */
final class CleanUpStory {

    static final String[] PROPERTIES = {
        "mlx.clean-up.cron=-", "mlx.runs.retention.kept=1", "mlx.runs.retention.logs-for=10d", "mlx.audit.keep-for=700d"
    };

    private final Host host;
    private final Path home;
    private final Pool pool;
    private final JdbcTemplate jdbc;

    CleanUpStory(Host host, Path home) {
        this.host = host;
        this.home = home;
        pool = new Pool(host);
        jdbc = new JdbcTemplate(host.context().getBean(DataSource.class));
    }

    void tell() throws Exception {
        oldRows();
        String champion = versions();
        String forgotten = run("versions", 2.9);
        String newest = run("versions", 2.8);
        Path log = oldLog();
        oldAuditLine();
        oldImports();

        List<String> wouldGo = cleanUp(true);
        assertThat(wouldGo)
                .containsExactlyInAnyOrder(
                        "20 rows of dataset aging",
                        "1 versions of dataset versions",
                        "40 rows of these versions of dataset versions",
                        "2 refused rows",
                        "1 imports",
                        "1 runs' files",
                        "1 logs of the engine",
                        "1 lines of the audit log");
        assertThat(count("aging")).isEqualTo(60);
        assertThat(log).exists();

        assertThat(cleanUp(false)).containsExactlyInAnyOrderElementsOf(wouldGo);
        erased();
        importsThatLeftNothingAreGone();
        assertThat(states("versions")).containsExactly("READY", "READY", "REMOVED", "READY");
        assertThat(count("versions")).isEqualTo(120);
        Host.Answer refused =
                host.post("/mlx/api/runs", Map.of("model", "judged", "dataset", "versions", "datasetVersion", 3));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("detail").asString()).contains("was given up by the clean-up");
        assertThat(home.resolve("runs").resolve(forgotten)).doesNotExist();
        assertThat(home.resolve("runs").resolve(champion)).exists();
        assertThat(home.resolve("runs").resolve(newest)).exists();
        assertThat(host.get("/mlx/api/runs/" + forgotten + "/lineage").status())
                .as("what the run was made of is still told")
                .isEqualTo(200);
        assertThat(log).doesNotExist();
        assertThat(cleanUp(false)).as("there is nothing left to do").isEmpty();
        assertThat(host.getAs("ada", "/mlx/api/audit?action=CLEANED_UP")
                        .body()
                        .path("content")
                        .get(0)
                        .path("actor")
                        .asString())
                .isEqualTo("ada");
    }

    private void oldRows() {
        pool.bring("aging", IntakeMode.REPLACE, Pool.tickets("aging", 0, 60));
        jdbc.update(
                "update mlx_rows set added_at = ? where id in (select r.id from mlx_rows r order by r.id"
                        + " fetch first 20 rows only)",
                Instant.now().minus(Duration.ofDays(31)).atOffset(ZoneOffset.UTC));
        assertThat(retain("tina", "aging", "{\"rowsForDays\": 30}").status()).isEqualTo(403);
        assertThat(retain("ada", "aging", "{\"rowsForDays\": 0}").status()).isEqualTo(422);
        assertThat(retain("ada", "aging", "{\"rowsForDays\": 30}").status()).isEqualTo(200);
        assertThat(host.get("/mlx/api/datasets/aging/retention")
                        .body()
                        .path("rowsForDays")
                        .asInt())
                .isEqualTo(30);
    }

    /** Four versions with rows of their own: the first is tagged, the champion is of the second, the fourth is the newest. */
    private String versions() throws InterruptedException {
        String champion = "";
        for (int version = 1; version <= 4; version++) {
            pool.bring(
                    "versions",
                    IntakeMode.REPLACE,
                    Pool.tickets("of version " + version, 40 * version, 40 * version + 40));
            if (version == 2) {
                champion = run("versions", 1.5);
            }
        }
        jdbc.update(
                "insert into mlx_dataset_tags (dataset_id, tag, version, created_at, created_by)"
                        + " select id, 'audited', 1, ?, 'tina' from mlx_datasets where name = 'versions'",
                Instant.now().atOffset(ZoneOffset.UTC));
        assertThat(retain("ada", "versions", "{\"versionsKept\": 1}").status()).isEqualTo(200);
        return champion;
    }

    private void erased() throws InterruptedException {
        JsonNode erasure =
                host.get("/mlx/api/erasures?size=1").body().path("content").get(0);
        assertThat(erasure.path("cause").asString()).isEqualTo("RETENTION");
        assertThat(erasure.path("requestedBy").asString()).startsWith("clean-up ");
        Instant limit = Instant.now().plus(Duration.ofMinutes(1));
        while (count("aging") > 40 && Instant.now().isBefore(limit)) {
            Thread.sleep(100);
        }
        assertThat(count("aging")).isEqualTo(40);
    }

    private Path oldLog() throws IOException {
        Path log = Files.createDirectories(home.resolve("logs")).resolve("worker-1.log");
        Files.writeString(log, "an old line");
        return Files.setLastModifiedTime(log, FileTime.from(Instant.now().minus(Duration.ofDays(11))));
    }

    /** Two of the same file: the rows that are there came with the first, the second left nothing. */
    private void oldImports() {
        String rows = Host.rows("i", 30) + "{\"text\":\n";
        for (int i = 0; i < 2; i++) {
            host.client()
                    .post()
                    .uri("/mlx/api/datasets/imported/imports?wait=true&skip-limit=1")
                    .contentType(MediaType.parseMediaType("application/x-ndjson"))
                    .body(rows)
                    .retrieve()
                    .toBodilessEntity();
        }
        OffsetDateTime old = Instant.now().minus(Duration.ofDays(400)).atOffset(ZoneOffset.UTC);
        assertThat(jdbc.update("update mlx_imports set created_at = ?, ended_at = ?", old, old))
                .isEqualTo(2);
        assertThat(jdbc.update("update mlx_dataset_intakes set seen_at = ?", old))
                .isGreaterThan(2);
    }

    private void importsThatLeftNothingAreGone() {
        JsonNode left = host.get("/mlx/api/datasets/imported/imports").body().path("content");
        assertThat(left.size()).isEqualTo(1);
        assertThat(left.get(0).path("added").asInt()).isEqualTo(30);
        assertThat(jdbc.queryForObject(
                        "select count(*) from mlx_batch_job_instance where job_name = 'import'", Integer.class))
                .isEqualTo(1);
        assertThat(jdbc.queryForObject(
                        "select count(*) from mlx_dataset_intakes t join mlx_datasets d on d.id = t.dataset_id"
                                + " where d.name = 'imported'",
                        Integer.class))
                .isEqualTo(1);
    }

    private void oldAuditLine() {
        assertThat(jdbc.update(
                        "update mlx_audit set recorded_at = ? where id = (select min(a.id) from mlx_audit a)",
                        Instant.now().minus(Duration.ofDays(701)).atOffset(ZoneOffset.UTC)))
                .isEqualTo(1);
    }

    private List<String> cleanUp(boolean dry) throws InterruptedException {
        String path = "/mlx/api/clean-ups" + (dry ? "?dry=true" : "");
        assertThat(host.postAs("tina", path, Map.of()).status()).isEqualTo(403);
        Host.Answer started = host.postAs("ada", path, Map.of());
        assertThat(started.status()).isEqualTo(202);
        String address = "/mlx/api/clean-ups/" + started.body().path("id").asLong();
        JsonNode seen = host.get(address).body();
        Instant limit = Instant.now().plus(Duration.ofMinutes(1));
        while (seen.path("endedAt").isNull() && Instant.now().isBefore(limit)) {
            Thread.sleep(100);
            seen = host.get(address).body();
        }
        assertThat(seen.path("problem").isNull()).as("%s", seen).isTrue();
        assertThat(seen.path("dry").asBoolean()).isEqualTo(dry);
        return seen.path("removed")
                .valueStream()
                .map(line ->
                        line.path("count").asLong() + " " + line.path("what").asString())
                .toList();
    }

    private String run(String dataset, double loss) throws InterruptedException {
        String id = host.post(
                        "/mlx/api/runs",
                        Map.of(
                                "model",
                                "judged",
                                "dataset",
                                dataset,
                                "settings",
                                Map.of("iters", 1, "learning_rate", loss)))
                .body()
                .path("id")
                .asString();
        host.awaitState(id, "SUCCEEDED");
        return id;
    }

    private Host.Answer retain(String user, String dataset, String body) {
        return host.putAs(user, "/mlx/api/datasets/" + dataset + "/retention", body);
    }

    private List<String> states(String dataset) {
        return jdbc.queryForList(
                "select v.state from mlx_dataset_versions v join mlx_datasets d on d.id = v.dataset_id"
                        + " where d.name = ? order by v.version",
                String.class,
                dataset);
    }

    private long count(String dataset) {
        return jdbc.queryForObject(
                "select count(*) from mlx_rows r join mlx_datasets d on d.id = r.dataset_id where d.name = ?",
                Long.class,
                dataset);
    }
}
