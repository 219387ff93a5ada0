package org.mlxspring.autoconfigure.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** The application is killed when the rows are gone and their copies are not; after a new start the erasure goes on. */
class KilledErasureTest {

    @TempDir
    private Path folder;

    @Test
    void itGoesOnWhereItWas() throws Exception {
        Path home = folder.resolve("home");
        long erasure;
        try (Host host = Host.start(List.of(Host.Pretending.class), home, url(), "mlx.runs.concurrency=0")) {
            // More than a chunk of rows, and the erasure is asked for where nobody works on it.
            new Pool(host).bring("tickets", IntakeMode.REPLACE, Pool.tickets("killed", 0, 6000));
            host.context().getBean(ErasureRunner.class).stop();
            erasure = host.postAs("ada", "/mlx/api/erasures", Map.of("subject", "customer-3", "reason", "Request 4712"))
                    .body()
                    .path("id")
                    .asLong();
            assertThat(dies(home)).isEqualTo(DyingHost.KILLED);
            JsonNode left = host.get("/mlx/api/erasures/" + erasure).body();
            assertThat(left.path("state").asString()).isEqualTo("ERASING_COPIES");
            assertThat(left.path("datasets").get(0).path("erased").asInt()).isEqualTo(600);
            assertThat(left.path("endedAt").isNull()).isTrue();
        }
        try (Host host = Host.start(List.of(Host.Pretending.class), home, url())) {
            JsonNode done = new ErasureStory(host, home).await(erasure);
            assertThat(done.path("report").path("versions").get(0).path("rows").asInt())
                    .isEqualTo(600);
            assertThat(new JdbcTemplate(host.context().getBean(DataSource.class))
                            .queryForObject("select erased_rows from mlx_dataset_versions", Integer.class))
                    .as("each row is counted once")
                    .isEqualTo(600);
        }
    }

    private int dies(Path home) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "child", ".log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DyingHost.class.getName(),
                        home.toString(),
                        url())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
        return child.exitValue();
    }

    private String url() {
        return "spring.datasource.url=jdbc:h2:file:" + folder.resolve("database") + ";AUTO_SERVER=TRUE";
    }
}
