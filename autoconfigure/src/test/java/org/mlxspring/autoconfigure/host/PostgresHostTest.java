package org.mlxspring.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;
import tools.jackson.databind.JsonNode;

/** Hosts on PostgreSQL: the whole pipeline, and two instances that share one database. */
@Testcontainers(disabledWithoutDocker = true)
class PostgresHostTest {

    @Container
    private static final PostgreSQLContainer POSTGRES = Postgres.container();

    @TempDir
    private static Path folder;

    @Test
    void theWholePipelineRunsOnPostgres() throws Exception {
        try (Host host = Host.start(
                List.of(Host.Pretending.class),
                folder.resolve("home"),
                Postgres.properties(POSTGRES, "mlx.models.judged.path=" + folder.resolve("home-model")))) {
            JsonNode version = host.upload("tickets", Map.of("train", Host.rows("p", 1200)))
                    .body();
            assertThat(version.path("trainRows").asInt()).isBetween(850, 1050);
            String id = host.post(
                            "/mlx/api/runs",
                            Map.of("model", "judged", "dataset", "tickets", "settings", Map.of("iters", 3)))
                    .body()
                    .path("id")
                    .asString();
            JsonNode done = host.awaitState(id, "SUCCEEDED");
            assertThat(done.path("decision").asString()).isEqualTo("PROMOTED");
            assertThat(host.get("/mlx/api/runs?dataset=tickets")
                            .body()
                            .path("content")
                            .size())
                    .isEqualTo(1);
            assertThat(host.get("/mlx/api/runs?state=FAILED&model=small")
                            .body()
                            .path("content")
                            .size())
                    .isZero();
            assertThat(host.get("/mlx/api/datasets?sort=name,desc")
                            .body()
                            .path("content")
                            .get(0)
                            .path("name")
                            .asString())
                    .isEqualTo("tickets");
        }
    }

    @Test
    void twoInstancesStartAScheduleOnceEachTime() throws Exception {
        Instances.startAScheduleOnceEachTime(folder.resolve("two"), Postgres.properties(POSTGRES));
    }
}
