package org.mlxspring.autoconfigure.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A host with a table of tickets, a folder and a source of its own, and what tests ask it. */
final class SourceHost implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Host host;

    private SourceHost(Host host) {
        this.host = host;
    }

    /** A source that can be made to fail. */
    @Configuration(proxyBeanMethods = false)
    static class Beans {

        static final AtomicInteger FAILS_AT = new AtomicInteger(Integer.MAX_VALUE);
        static final AtomicInteger FIRST = new AtomicInteger(0);
        static final AtomicInteger PAUSE_MILLIS = new AtomicInteger(0);

        @Bean
        DatasetSource letters() {
            return new DatasetSource() {
                @Override
                public String name() {
                    return "letters";
                }

                @Override
                public String dataset() {
                    return "letters";
                }

                @Override
                public Stream<SourceRow> open(Optional<String> watermark) {
                    return IntStream.range(0, 3_000).mapToObj(i -> {
                        if (i == FAILS_AT.get()) {
                            throw new IllegalStateException("broken at the letter of CANARY");
                        }
                        pause(i);
                        return SourceRow.of(
                                Map.of("text", "letter " + (i + (i < 10 ? FIRST.get() : 0))), "l" + i, null, "" + i);
                    });
                }
            };
        }
    }

    private static void pause(int row) {
        try {
            Thread.sleep(row % 100 == 0 ? Beans.PAUSE_MILLIS.get() : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static SourceHost start(Path home, String... properties) {
        List<String> all = new ArrayList<>(Arrays.asList(properties));
        all.add("mlx.datasets.sources.tickets.dataset=tickets");
        all.add("mlx.datasets.sources.tickets.query=select id, customer, question, answer, changed from desk_tickets"
                + " where changed >= :watermark order by changed, id");
        all.add("mlx.datasets.sources.tickets.watermark-column=changed");
        all.add("mlx.datasets.sources.tickets.columns.prompt=question");
        all.add("mlx.datasets.sources.tickets.columns.completion=answer");
        all.add("mlx.datasets.sources.tickets.columns.id=id");
        all.add("mlx.datasets.sources.tickets.columns.subject=customer");
        all.add("mlx.datasets.sources.all.dataset=all");
        all.add(
                "mlx.datasets.sources.all.query=select question as prompt, case when id = 2500 then"
                        + " cast(1 / (select flag from switch) as varchar(9)) else answer end as completion from desk_tickets order by id");
        all.add("mlx.datasets.sources.docs.dataset=docs");
        all.add("mlx.datasets.sources.docs.folder=" + home.resolveSibling("docs"));
        all.add("mlx.datasets.imports.heartbeat=500ms");
        // What the container writes itself lies where the tests look.
        all.add("server.tomcat.basedir=" + home.resolveSibling("tomcat"));
        Host host = Host.start(List.of(Host.Pretending.class, Beans.class), home, all.toArray(String[]::new));
        return new SourceHost(host);
    }

    Host host() {
        return host;
    }

    Imports imports() {
        return host.context().getBean(Imports.class);
    }

    Refusals refusals() {
        return host.context().getBean(Refusals.class);
    }

    JdbcClient jdbc() {
        return JdbcClient.create(host.context().getBean(DataSource.class));
    }

    void makeTickets() {
        jdbc().sql("create table desk_tickets (id int primary key, customer varchar(20), question varchar(200),"
                        + " answer varchar(200), changed timestamp(6))")
                .update();
        jdbc().sql("create table switch (flag int)").update();
        jdbc().sql("insert into switch values (1)").update();
    }

    void addTicket(int id, String answer, String changed) {
        jdbc().sql("insert into desk_tickets values (:id, :customer, :question, :answer, cast(:changed as timestamp))")
                .param("id", id)
                .param("customer", "c" + id % 10)
                .param("question", "question " + id)
                .param("answer", answer)
                .param("changed", changed)
                .update();
    }

    /** Imports and waits for the end. */
    ImportView run(String source) throws InterruptedException {
        return end(imports().start(source, "tina").id());
    }

    ImportView end(long id) throws InterruptedException {
        ImportView view = imports().await(id, Duration.ofMinutes(2));
        if (!view.state().over()) {
            throw new AssertionError("The import did not end: " + view);
        }
        return view;
    }

    /** Sends a body and waits for the end of its import. */
    JsonNode send(String path, String type, byte[] body) {
        ResponseEntity<String> answer = host.client()
                .post()
                .uri(path)
                .contentType(MediaType.parseMediaType(type))
                .body(body)
                .retrieve()
                .toEntity(String.class);
        return JSON.readTree(String.valueOf(answer.getBody()));
    }

    JsonNode send(String path, String type, String body) {
        return send(path, type, body.getBytes(StandardCharsets.UTF_8));
    }

    /** How many rows the newest version has. */
    long rows(String dataset) {
        JsonNode newest = host.get("/mlx/api/datasets/" + dataset + "/versions")
                .body()
                .path("content")
                .path(0);
        return newest.path("trainRows").asLong()
                + newest.path("validRows").asLong()
                + newest.path("testRows").asLong();
    }

    @Override
    public void close() {
        host.close();
    }
}
