package org.mlxspring.autoconfigure.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.dataset.NewRow;
import org.mlxspring.autoconfigure.dataset.RowKind;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.encryption.Sealed;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** The rows of a customer are erased while a model that learned from them serves and a run works on them. */
final class ErasureStory {

    static final String[] PROPERTIES = {
        "mlx.datasets.erasure.withdraw=true", "mlx.datasets.erasure.retrain=true", "mlx.runs.concurrency=2"
    };

    private final Host host;
    private final Path home;
    private final Pool pool;
    private final JdbcTemplate jdbc;
    private Remains others = new Remains();
    private Sealed erased = new Sealed(0, new byte[0]);
    private long erasedDataset;

    ErasureStory(Host host, Path home) {
        this.host = host;
        this.home = home;
        pool = new Pool(host);
        jdbc = new JdbcTemplate(host.context().getBean(DataSource.class));
    }

    /** Tells it all, and answers what must be nowhere any more. */
    Remains tell() throws Exception {
        pool.bring("clean", IntakeMode.REPLACE, clean());
        String before = promoted("clean", 2.5);
        pool.bring("tickets", IntakeMode.REPLACE, Pool.tickets("first", 0, 60));
        int version = pool.bring("tickets", IntakeMode.APPEND, Pool.tickets("second", 60, 80))
                .version()
                .version();
        pool.bring("chats", IntakeMode.REPLACE, Pool.tickets("chat", 0, 60));
        String learned = promoted("tickets", 1.5);
        assertThat(champion()).isEqualTo(2);
        String atWork = start("tickets", 1000, 1.2);
        host.await(atWork, run -> run.path("iteration").asInt() > 2);
        long row = rowOfSeven();
        Remains remains = ofSeven();
        erasedDataset = jdbc.queryForObject("select dataset_id from mlx_rows where id = ?", Long.class, row);
        erased = jdbc.queryForObject(
                "select key_number, content from mlx_rows where id = ?",
                (found, number) -> new Sealed(found.getInt(1), found.getBytes(2)),
                row);
        openErased();
        assertThat(remains.in(database())).as("the search finds what is there").isNotEmpty();
        seenFromTheRow(row, learned);

        JsonNode asked = ask(Map.of("subject", "customer-7", "reason", "Request 4711"));
        JsonNode done = await(asked.path("id").asLong());

        assertThat(shares(done)).containsExactly("chats 6 of 6", "clean 0 of 0", "tickets 8 of 8");
        assertThat(done.path("report").path("places").valueStream())
                .hasSizeGreaterThan(2)
                .allSatisfy(place -> assertThat(place.path("left").asInt(-1)).isZero());
        versionsHaveNewHashes(done, version);
        theModelIsWithdrawn(done, before, learned);
        theRunBeganAnew(done, atWork);
        assertThat(remains.in(database())).isEmpty();
        assertThat(remains.in(home)).isEmpty();
        others = ofOthers(row + 1);
        seenAfterwards(row, learned, asked.path("id").asLong());
        theRowsStayOut();
        whoDidIt();
        host.postAs("tina", "/mlx/api/runs/" + atWork + "/stop", Map.of());
        return remains;
    }

    private void versionsHaveNewHashes(JsonNode done, int newest) {
        List<JsonNode> versions =
                done.path("report").path("versions").valueStream().toList();
        assertThat(versions.stream()
                        .map(one -> one.path("dataset").asString()
                                + one.path("version").asInt() + ":"
                                + one.path("rows").asInt()))
                .containsExactlyInAnyOrder("chats1:6", "tickets1:6", "tickets2:8");
        assertThat(versions).allSatisfy(one -> assertThat(one.path("hash")).isNotEqualTo(one.path("formerHash")));
        assertThat(jdbc.queryForObject(
                        "select v.erased_rows from mlx_dataset_versions v join mlx_datasets d on d.id = v.dataset_id"
                                + " where d.name = 'tickets' and v.version = ?",
                        Integer.class,
                        newest))
                .isEqualTo(8);
    }

    private void theModelIsWithdrawn(JsonNode done, String before, String learned) throws Exception {
        JsonNode adapter = done.path("report").path("adapters").get(0);
        assertThat(done.path("report").path("adapters").size()).isEqualTo(1);
        assertThat(adapter.path("run").asString()).isEqualTo(learned);
        assertThat(adapter.path("modelVersion").asInt()).isEqualTo(2);
        assertThat(adapter.path("withdrawn").asBoolean()).isTrue();
        String again = adapter.path("retrainedBy").asString();
        JsonNode retrained = host.awaitState(again, "SUCCEEDED");
        assertThat(retrained.path("dataset").asString()).isEqualTo("tickets");
        assertThat(retrained.path("startedBy").asString()).startsWith("erasure ");
        assertThat(retrained.path("settings").path("learning_rate").asDouble()).isEqualTo(1.5);
        assertThat(retrained.path("decisionReason").asString())
                .as("compared with the version that serves since the erasure")
                .contains("2.5000");
        JsonNode lineage = host.get("/mlx/api/models/judged/versions/1/lineage").body();
        assertThat(lineage.path("run").asString()).isEqualTo(before);
        assertThat(lineage.path("modelVersions").get(0).path("withdrawnAt").isNull())
                .isTrue();
    }

    private void theRunBeganAnew(JsonNode done, String atWork) throws Exception {
        JsonNode run = done.path("report")
                .path("runs")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(atWork))
                .findFirst()
                .orElseThrow();
        assertThat(run.path("stopped").asBoolean()).isTrue();
        assertThat(run.path("beginsAnew").asBoolean()).isTrue();
        assertThat(run.path("restarted").asBoolean()).isTrue();
        host.await(atWork, seen -> seen.path("state").asString().equals("TRAINING"));
        assertThat(jdbc.queryForObject(
                        "select min(iteration) from mlx_run_metrics where run_id = ? and kind = 'train'",
                        Integer.class,
                        atWork))
                .satisfiesAnyOf(first -> assertThat(first).isNull(), first -> assertThat(first)
                        .isEqualTo(1));
    }

    private void seenFromTheRow(long row, String learned) {
        JsonNode lineage = host.getAs("victor", "/mlx/api/datasets/tickets/rows/" + row + "/lineage")
                .body();
        assertThat(lineage.path("versions").valueStream().map(JsonNode::asInt)).containsExactly(1, 2);
        assertThat(lineage.path("runs").valueStream().map(run -> run.path("id").asString()))
                .contains(learned);
        assertThat(lineage.path("modelVersions").get(0).path("champion").asBoolean())
                .isTrue();
        JsonNode back =
                host.getAs("victor", "/mlx/api/runs/" + learned + "/lineage").body();
        assertThat(back.path("baseModel").path("hash").asString()).startsWith("5fa3c1");
        assertThat(back.path("startedBy").asString()).isEqualTo("tina");
        assertThat(back.path("data").path("version").asInt()).isEqualTo(2);
        assertThat(back.path("data").path("imports").valueStream().map(one -> one.path("rows")
                        .asInt()))
                .containsExactly(20, 60);
        assertThat(host.get("/mlx/api/runs/" + learned + "/lineage/rows?size=3")
                        .body()
                        .path("page")
                        .path("totalElements")
                        .asInt())
                .isEqualTo(80);
    }

    private void seenAfterwards(long row, String learned, long erasure) {
        JsonNode lineage =
                host.get("/mlx/api/datasets/tickets/rows/" + row + "/lineage").body();
        assertThat(lineage.path("erasure").path("id").asLong()).isEqualTo(erasure);
        assertThat(lineage.path("versions").valueStream().map(JsonNode::asInt)).containsExactly(1, 2);
        assertThat(lineage.path("runs").valueStream().map(run -> run.path("id").asString()))
                .contains(learned);
        assertThat(lineage.path("runs").valueStream().map(run -> run.path("state")
                        .asString()))
                .as("without the run that trained on what is left")
                .hasSize(2);
        JsonNode back = host.get("/mlx/api/runs/" + learned + "/lineage").body();
        assertThat(back.path("data").path("erasedRows").asInt()).isEqualTo(8);
        assertThat(back.path("data").path("formerHashes").size()).isEqualTo(1);
    }

    private void theRowsStayOut() {
        Pool.Brought again = pool.bring("tickets", IntakeMode.REPLACE, Pool.tickets("first", 0, 60));
        assertThat(again.counts().keptOut()).isEqualTo(6);
        Pool.Brought changed = pool.bring("tickets", IntakeMode.APPEND, List.of(Pool.ticket("reworded", 7)));
        assertThat(changed.counts().keptOut()).isEqualTo(1);
        assertThat(jdbc.queryForObject("select count(*) from mlx_rows where external_key is not null", Integer.class))
                .isEqualTo(72 + 54);
    }

    private void whoDidIt() {
        assertThat(host.getAs("tina", "/mlx/api/audit").status()).isEqualTo(403);
        JsonNode log = host.getAs("ada", "/mlx/api/audit?actor=erik&action=ROWS_ERASED&dataset=tickets")
                .body();
        assertThat(log.path("content").valueStream().map(line -> line.path("detail")
                        .asString()))
                .hasSize(2)
                .last()
                .asString()
                .contains("was asked for: Request 4711");
        assertThat(host.getAs("ada", "/mlx/api/audit?action=MODEL_WITHDRAWN&from=2026-01-01T00:00:00Z")
                        .body()
                        .path("page")
                        .path("totalElements")
                        .asInt())
                .isEqualTo(1);
        assertThat(host.getAs("ada", "/mlx/api/audit?to=2020-01-01T00:00:00Z&row=7")
                        .body()
                        .path("content")
                        .size())
                .isZero();
    }

    private JsonNode ask(Map<String, Object> request) {
        assertThat(host.postAs("tina", "/mlx/api/erasures", request).status()).isEqualTo(403);
        Host.Answer asked = host.postAs("erik", "/mlx/api/erasures", request);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.location().orElseThrow())
                .endsWith("/mlx/api/erasures/" + asked.body().path("id").asLong());
        assertThat(asked.body().toString()).doesNotContain("customer-7");
        return asked.body();
    }

    JsonNode await(long erasure) throws InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofMinutes(2));
        JsonNode seen = host.get("/mlx/api/erasures/" + erasure).body();
        while (!seen.path("state").asString().equals("DONE")) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("The erasure did not end in two minutes: " + seen);
            }
            Thread.sleep(200);
            seen = host.get("/mlx/api/erasures/" + erasure).body();
        }
        return seen;
    }

    /** What is stored of the customer's rows: their bytes as they are sealed, and what they are found by. */
    private Remains ofSeven() {
        Remains remains = new Remains().add("text", "customer-7".getBytes(StandardCharsets.UTF_8));
        jdbc.query(
                "select r.id, r.content, r.original, r.fingerprint from mlx_rows r where r.subject in"
                        + " (select s.subject from mlx_rows s where s.id in (" + rowOfSeven() + ", "
                        + rowOfSevenIn("chats") + "))",
                row -> {
                    String name = "row " + row.getLong(1);
                    remains.add("content of " + name, row.getBytes(2));
                    remains.add("original of " + name, row.getBytes(3));
                });
        return remains;
    }

    /** A row of another customer, which is there. */
    private Remains ofOthers(long row) {
        Remains there = new Remains();
        jdbc.query("select content from mlx_rows where id = " + row, found -> {
            there.add("content of row " + row, found.getBytes(1));
        });
        return there;
    }

    /** Opens the sealed content of a row of the customer as it was stored. */
    void openErased() {
        host.context().getBean(Keyring.class).of(erasedDataset).open(erased, "row");
    }

    /** What the same search must find. */
    Remains others() {
        return others;
    }

    private long rowOfSeven() {
        return rowOfSevenIn("tickets");
    }

    /** The rows were added in order, so the eighth belongs to customer 7. */
    private long rowOfSevenIn(String dataset) {
        return jdbc.queryForObject(
                "select r.id from mlx_rows r join mlx_datasets d on d.id = r.dataset_id where d.name = ?"
                        + " order by r.id offset 7 rows fetch next 1 rows only",
                Long.class,
                dataset);
    }

    private String promoted(String dataset, double loss) throws InterruptedException {
        String run = start(dataset, 2, loss);
        JsonNode done = host.awaitState(run, "SUCCEEDED");
        assertThat(done.path("decision").asString()).isEqualTo("PROMOTED");
        assertThat(Files.isDirectory(Path.of(done.path("fusedModel").asString())))
                .isTrue();
        return run;
    }

    private String start(String dataset, int iterations, double loss) {
        JsonNode run = host.post(
                        "/mlx/api/runs",
                        Map.of(
                                "model",
                                "judged",
                                "dataset",
                                dataset,
                                "settings",
                                Map.of("iters", iterations, "learning_rate", loss, "steps_per_report", 1)))
                .body();
        return run.path("id").asString();
    }

    private int champion() {
        return host.get("/mlx/api/models")
                .body()
                .path("content")
                .valueStream()
                .filter(model -> model.path("name").asString().equals("judged"))
                .findFirst()
                .orElseThrow()
                .path("champion")
                .path("version")
                .asInt();
    }

    private static List<String> shares(JsonNode erasure) {
        return erasure.path("datasets")
                .valueStream()
                .map(share -> share.path("dataset").asString() + " "
                        + share.path("erased").asInt() + " of "
                        + share.path("rows").asInt())
                .toList();
    }

    private DataSource database() {
        return host.context().getBean(DataSource.class);
    }

    private static List<NewRow> clean() {
        List<NewRow> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(new NewRow(
                    "{\"prompt\":\"clean %d\",\"completion\":\"yes %d\"}".formatted(i, i),
                    RowKind.ANSWER,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
        return rows;
    }
}
