package org.mlxspring.autoconfigure.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.autoconfigure.host.Postgres;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.domain.PageRequest;
import org.testcontainers.postgresql.PostgreSQLContainer;
import tools.jackson.databind.JsonNode;

/** Imports of every source, on both databases. */
@ExtendWith(OutputCaptureExtension.class)
class ImportTest {

    enum Database {
        H2,
        POSTGRESQL
    }

    private static final Map<Database, SourceHost> HOSTS = new EnumMap<>(Database.class);
    private static final PostgreSQLContainer POSTGRES = Postgres.container();

    @TempDir
    static Path folder;

    private static SourceHost host(Database database) {
        return HOSTS.computeIfAbsent(database, ImportTest::start);
    }

    private static SourceHost start(Database database) {
        SourceHost host =
                switch (database) {
                    case H2 ->
                        SourceHost.start(
                                folder.resolve("h2/home"),
                                "spring.datasource.url=jdbc:h2:mem:imports;DB_CLOSE_DELAY=-1");
                    case POSTGRESQL -> {
                        Postgres.start(POSTGRES);
                        yield SourceHost.start(folder.resolve("pg/home"), Postgres.properties(POSTGRES));
                    }
                };
        host.makeTickets();
        return host;
    }

    @AfterAll
    static void stopHosts() {
        HOSTS.values().forEach(SourceHost::close);
        POSTGRES.stop();
    }

    @ParameterizedTest
    @EnumSource
    void anUploadAnswersWithItsImportAndItsRowsAreThere(Database database) throws Exception {
        SourceHost host = host(database);
        JsonNode queued = host.send("/mlx/api/datasets/lines/imports", "application/x-ndjson", Host.rows("q", 1_500));
        ImportView view = host.end(queued.path("id").asLong());
        assertThat(view.state()).as(view.toString()).isEqualTo(ImportState.SUCCEEDED);
        assertThat(view.read()).isEqualTo(1_500);
        assertThat(view.added()).isEqualTo(1_500);
        assertThat(view.version()).isEqualTo(1);
        assertThat(host.rows("lines")).isEqualTo(1_500);
        JsonNode again = host.send(
                "/mlx/api/datasets/lines/imports?wait=true&mode=append",
                "text/csv",
                "frage,antwort\nq0,c0\nnew,c\n".replace("frage", "prompt").replace("antwort", "completion"));
        assertThat(again.path("kept").asInt()).isEqualTo(1);
        assertThat(again.path("added").asInt()).isEqualTo(1);
        assertThat(host.rows("lines")).isEqualTo(1_501);
        JsonNode list = host.host().get("/mlx/api/datasets/lines/imports").body();
        assertThat(list.path("page").path("totalElements").asInt()).isEqualTo(2);
        assertThat(list.path("content").path(0).path("id").asLong())
                .isEqualTo(again.path("id").asLong());
        PageRequest any = PageRequest.of(0, 5);
        assertThat(host.imports()
                        .list("lines", ImportState.SUCCEEDED, null, any)
                        .getTotalElements())
                .isEqualTo(2);
        assertThat(host.imports().list("lines", ImportState.FAILED, null, any)).isEmpty();
        assertThat(host.imports().list("lines", null, "tickets", any)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusedRowsAreKeptSealedUpToALimit(Database database) throws Exception {
        SourceHost host = host(database);
        String rows = Host.rows("r", 30) + "{\"text\":\n" + Host.rows("s", 10);
        JsonNode failed = host.send("/mlx/api/datasets/limited/imports?wait=true", "application/x-ndjson", rows);
        assertThat(failed.path("state").asString()).isEqualTo("FAILED");
        assertThat(failed.path("reason").asString())
                .isEqualTo("1 of 41 rows cannot be used, and the limit is 0.1%; nothing was stored.");
        assertThat(host.host().get("/mlx/api/datasets/limited/versions").body().path("content"))
                .isEmpty();
        JsonNode view =
                host.send("/mlx/api/datasets/limited/imports?wait=true&skip-limit=1", "application/x-ndjson", rows);
        assertThat(view.path("state").asString()).isEqualTo("SUCCEEDED");
        JsonNode refused = host.host()
                .get("/mlx/api/datasets/limited/imports/" + view.path("id").asLong() + "/refused")
                .body()
                .path("content");
        assertThat(refused).hasSize(1);
        assertThat(refused.path(0).path("line").asInt()).isEqualTo(31);
        assertThat(refused.path(0).path("reason").asString()).contains("is not JSON");
        RefusedRowText text = host.refusals()
                .text(
                        "limited",
                        view.path("id").asLong(),
                        refused.path(0).path("id").asLong(),
                        "dora");
        assertThat(text.text()).isEqualTo("{\"text\":");
        assertThat(host.rows("limited")).isEqualTo(40);
    }

    @ParameterizedTest
    @EnumSource
    void everyNightBringsWhatIsNewOrChanged(Database database) throws Exception {
        SourceHost host = host(database);
        host.jdbc().sql("delete from desk_tickets").update();
        for (int id = 1; id <= 40; id++) {
            host.addTicket(id, "a" + id, "2026-01-01 10:00:%02d".formatted(id % 5));
        }
        ImportView first = host.run("tickets");
        assertThat(first.state()).as(first.toString()).isEqualTo(ImportState.SUCCEEDED);
        assertThat(first.added()).isEqualTo(40);
        assertThat(first.watermark()).isEqualTo("2026-01-01T10:00:04");
        ImportView nothing = host.run("tickets");
        assertThat(nothing.added() + nothing.changed()).isZero();
        assertThat(nothing.kept()).as("rows at the border are read again").isEqualTo(8);
        assertThat(nothing.version()).isEqualTo(first.version());
        host.addTicket(41, "late, of the same second", "2026-01-01 10:00:04");
        host.addTicket(42, "new", "2026-01-02 10:00:00");
        host.jdbc()
                .sql(
                        "update desk_tickets set answer = 'changed', changed = timestamp '2026-01-02 11:00:00' where id = 7")
                .update();
        ImportView second = host.run("tickets");
        assertThat(List.of(second.added(), second.changed(), second.kept())).containsExactly(2L, 1L, 8L);
        assertThat(host.rows("tickets")).isEqualTo(42);
        JsonNode sources = host.host().get("/mlx/api/datasets/sources").body().path("content");
        assertThat(sources.valueStream()
                        .filter(each -> each.path("name").asString().equals("tickets")))
                .singleElement()
                .satisfies(source ->
                        assertThat(source.path("watermark").asString()).isEqualTo("2026-01-02T11:00"));
    }

    @ParameterizedTest
    @EnumSource
    void aQueryThatBreaksGoesOnBehindTheLastRowsStored(Database database) throws Exception {
        SourceHost host = host(database);
        host.jdbc().sql("delete from desk_tickets").update();
        for (int id = 1; id <= 3_000; id++) {
            host.addTicket(id, "a" + id, "2026-01-01 10:00:00");
        }
        host.jdbc().sql("update switch set flag = 0").update();
        ImportView broken = host.run("all");
        assertThat(broken.state()).isEqualTo(ImportState.FAILED);
        assertThat(broken.reason()).contains("The query of source 'all' failed behind row", "SQLState 22012");
        host.jdbc().sql("update switch set flag = 1").update();
        ImportView done = host.end(host.imports().restart(broken.id()).id());
        assertThat(done.state()).as(done.toString()).isEqualTo(ImportState.SUCCEEDED);
        assertThat(done.added()).isEqualTo(3_000);
        assertThat(host.rows("all")).isEqualTo(3_000);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedSourceGoesOnOrBeginsAnewWhereItChanged(Database database) throws Exception {
        SourceHost host = host(database);
        SourceHost.Beans.FIRST.set(0);
        SourceHost.Beans.FAILS_AT.set(2_500);
        ImportView broken = host.run("letters");
        assertThat(broken.state()).isEqualTo(ImportState.FAILED);
        assertThat(broken.reason())
                .isEqualTo("Source 'letters' failed behind row 2500 with IllegalStateException at SourceHost.java:"
                        + broken.reason().replaceAll("(?s).*:(\\d+)\\.", "$1") + ".");
        assertThat(broken.read()).isEqualTo(2_000);
        SourceHost.Beans.FAILS_AT.set(2_600);
        assertThat(host.end(host.imports().restart(broken.id()).id()).read()).isEqualTo(2_000);
        SourceHost.Beans.FIRST.set(10_000);
        SourceHost.Beans.FAILS_AT.set(Integer.MAX_VALUE);
        ImportView done = host.end(host.imports().restart(broken.id()).id());
        assertThat(done.state()).as(done.toString()).isEqualTo(ImportState.SUCCEEDED);
        assertThat(done.read()).isEqualTo(3_000);
        assertThat(done.watermark()).isEqualTo("2999");
        assertThat(host.rows("letters")).isEqualTo(3_000);
    }

    @ParameterizedTest
    @EnumSource
    void anImportThatWasGivenUpWhileItWasBrokenOffBeginsAnew(Database database) throws Exception {
        SourceHost host = HOSTS.get(database);
        SourceHost.Beans.FIRST.set(0);
        SourceHost.Beans.FAILS_AT.set(2_500);
        ImportView broken = host.run("letters");
        host.host().context().getBean(RowIntake.class).abandon(broken.id());
        SourceHost.Beans.FAILS_AT.set(Integer.MAX_VALUE);
        ImportView done = host.end(host.imports().restart(broken.id()).id());
        assertThat(done.state()).as(done.toString()).isEqualTo(ImportState.SUCCEEDED);
        assertThat(done.read()).isEqualTo(3_000);
    }

    @ParameterizedTest
    @EnumSource
    void anImportCanBeStoppedAndGoesOn(Database database) throws Exception {
        SourceHost host = host(database);
        SourceHost.Beans.PAUSE_MILLIS.set(50);
        ImportView running = host.imports().start("letters", "tina");
        ImportView waiting = host.imports().start("letters", "tina");
        while (running.read() < 1_000) {
            Thread.sleep(20);
            running = host.imports().get(running.id());
        }
        String imports = "/mlx/api/datasets/letters/imports/";
        assertThat(host.imports().stop(waiting.id()).state()).isEqualTo(ImportState.STOPPED);
        assertThat(host.send(imports + running.id() + "/stop", "application/json", "")
                        .path("id")
                        .asLong())
                .isEqualTo(running.id());
        SourceHost.Beans.PAUSE_MILLIS.set(0);
        ImportView stopped = host.end(running.id());
        assertThat(stopped.state()).isEqualTo(ImportState.STOPPED);
        assertThat(stopped.read()).isLessThan(3_000);
        host.send(imports + running.id() + "/restart", "application/json", "");
        ImportView done = host.end(running.id());
        assertThat(done.state()).as(done.toString()).isEqualTo(ImportState.SUCCEEDED);
        assertThat(done.read()).isEqualTo(3_000);
        assertThat(host.rows("letters")).isEqualTo(3_000);
    }

    @ParameterizedTest
    @EnumSource
    void aFolderIsTheWholeContent(Database database) throws Exception {
        SourceHost host = host(database);
        Path docs = folder.resolve(database == Database.H2 ? "h2/docs" : "pg/docs");
        Files.createDirectories(docs);
        Files.writeString(docs.resolve("a.jsonl"), Host.rows("a", 1_200));
        Files.write(docs.resolve("b.csv"), "prompt,completion\nM\u00fcller,x\n".getBytes(StandardCharsets.ISO_8859_1));
        ImportView broken = host.run("docs");
        assertThat(broken.state()).isEqualTo(ImportState.FAILED);
        assertThat(broken.reason()).startsWith("file 2 is not UTF-8");
        Files.writeString(docs.resolve("b.csv"), "prompt,completion\nMüller,x\n");
        ImportView done = host.end(host.imports().restart(broken.id()).id());
        assertThat(done.state()).as(done.toString()).isEqualTo(ImportState.SUCCEEDED);
        assertThat(done.added()).isEqualTo(1_201);
        Files.delete(docs.resolve("b.csv"));
        assertThat(host.run("docs").kept()).isEqualTo(1_200);
        assertThat(host.rows("docs")).isEqualTo(1_200);
    }

    @ParameterizedTest
    @EnumSource
    void singleRowsComeOnTop(Database database) {
        SourceHost host = host(database);
        host.send("/mlx/api/datasets/single/imports?wait=true", "application/x-ndjson", Host.rows("s", 10));
        JsonNode one = host.send(
                "/mlx/api/datasets/single/rows", "application/json", "{\"prompt\": \"p\", \"completion\": \"c\"}");
        assertThat(one.path("added").asInt()).as(one.toString()).isEqualTo(1);
        JsonNode bad = host.send(
                "/mlx/api/datasets/single/rows",
                "application/json",
                "[{\"prompt\": \"q\", \"completion\": \"c\"}, {\"prompt\": \"r\"}]");
        assertThat(bad.path("status").asInt()).isEqualTo(422);
        assertThat(bad.path("line").asInt()).isEqualTo(2);
        assertThat(host.rows("single")).isEqualTo(11);
    }

    @ParameterizedTest
    @EnumSource
    void fiftyUploadsAtOnceLoseAndDoubleNothing(Database database) throws Exception {
        SourceHost host = host(database);
        List<Future<JsonNode>> uploads = new ArrayList<>();
        List<Future<Host.Answer>> queries = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(50)) {
            for (int i = 0; i < 50; i++) {
                String dataset = "soak" + i % 5;
                String rows = Host.rows("soak-" + i / 10 + "-" + i % 5 + "-" + i % 2 + "-", 200);
                uploads.add(pool.submit(() -> host.send(
                        "/mlx/api/datasets/" + dataset + "/imports?wait=true&mode=append",
                        "application/x-ndjson",
                        rows)));
                queries.add(pool.submit(() -> host.host().get("/mlx/api/datasets")));
                queries.add(pool.submit(() -> host.host().get("/mlx/api/datasets/" + dataset + "/imports")));
            }
        }
        for (Future<Host.Answer> query : queries) {
            assertThat(query.get().status())
                    .as("a dataset is unknown until its first upload is there; nothing else is wrong")
                    .isIn(200, 404);
        }
        long added = 0;
        for (Future<JsonNode> upload : uploads) {
            assertThat(upload.get().path("state").asString())
                    .as(upload.get().toString())
                    .isEqualTo("SUCCEEDED");
            added += upload.get().path("added").asLong();
        }
        long stored =
                IntStream.range(0, 5).mapToLong(i -> host.rows("soak" + i)).sum();
        assertThat(stored).isEqualTo(added).isEqualTo(distinctSoakRows());
    }

    private static long distinctSoakRows() {
        return IntStream.range(0, 50)
                        .mapToObj(i -> "soak" + i % 5 + "/" + i / 10 + "-" + i % 5 + "-" + i % 2)
                        .collect(Collectors.toSet())
                        .size()
                * 200L;
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfAnUploadIsLeftInTheClear(Database database, CapturedOutput output) throws IOException {
        Path home = folder.resolve(database == Database.H2 ? "h2/home" : "pg/home");
        SourceHost host = host(database);
        String canary = "CANARY-3141592653";
        host.send(
                "/mlx/api/datasets/canary/imports?wait=true&skip-limit=5",
                "application/x-ndjson",
                Host.rows(canary, 20) + "{\"" + canary + "\n{\"text\": 1, \"x\": \"" + canary + "\"}\n");
        host.send("/mlx/api/datasets/canary/imports?wait=true", "application/x-ndjson", "{\"" + canary);
        host.host().upload("canary", Map.of("train", Host.rows(canary, 20) + "{\"" + canary));
        assertThat(filesWith(home.getParent(), canary)).isEmpty();
        assertThat(output.getAll()).doesNotContain(canary);
        try (Stream<Path> uploads = Files.list(home.resolve("uploads"))) {
            assertThat(uploads).isEmpty();
        }
        for (String table : List.of(
                "mlx_imports",
                "mlx_refused_rows",
                "mlx_import_tasks",
                "mlx_batch_job_execution",
                "mlx_batch_step_execution",
                "mlx_batch_step_execution_context",
                "mlx_batch_job_execution_params")) {
            List<Map<String, Object>> rows =
                    host.jdbc().sql("select * from " + table).query().listOfRows();
            for (Map<String, Object> row : rows) {
                String text = row.values().stream()
                        .map(value -> value instanceof byte[] bytes
                                ? new String(bytes, StandardCharsets.ISO_8859_1)
                                : String.valueOf(value))
                        .collect(Collectors.joining(" "));
                assertThat(text).as(table).doesNotContain(canary);
            }
        }
    }

    static List<Path> filesWith(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }
}
