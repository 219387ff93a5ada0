package org.mlxspring.autoconfigure.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.host.Host;

/** An application that is killed in the middle of an import. */
class KilledImportTest {

    @TempDir
    Path folder;

    @Test
    void anImportOfAKilledApplicationIsTakenUpAgain() throws Exception {
        Path home = folder.resolve("home");
        String url = "spring.datasource.url=jdbc:h2:file:" + folder.resolve("database") + ";AUTO_SERVER=TRUE";
        long id;
        try (Host host = Host.start(List.of(Host.Pretending.class), home, url, "mlx.datasets.imports.concurrency=0")) {
            Imports imports = host.context().getBean(Imports.class);
            String rows = Host.rows("killed", 20_000);
            id = imports.upload(
                            UploadRequest.of(
                                    "killed",
                                    IntakeMode.REPLACE,
                                    "application/x-ndjson",
                                    new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8))),
                            "tina")
                    .id();
            try (ImportingApplication application = ImportingApplication.start(
                    folder.resolve("child.log"), List.of(), home, url, "mlx.datasets.imports.heartbeat=500ms")) {
                Instant limit = Instant.now().plus(Duration.ofMinutes(2));
                while (imports.get(id).read() < 3_000) {
                    assertThat(Instant.now()).as(application.log()).isBefore(limit);
                    Thread.sleep(20);
                }
            }
            ImportView killed = imports.get(id);
            assertThat(killed.state()).isEqualTo(ImportState.RUNNING);
            assertThat(killed.read()).isBetween(3_000L, 19_000L);
        }
        try (Host host = Host.start(
                List.of(Host.Pretending.class), home, url, "mlx.datasets.imports.heartbeat=500ms")) {
            ImportView done = host.context().getBean(Imports.class).await(id, Duration.ofMinutes(2));
            assertThat(done.state()).as(done.toString()).isEqualTo(ImportState.SUCCEEDED);
            assertThat(done.read()).isEqualTo(20_000);
            assertThat(done.added()).isEqualTo(20_000);
        }
    }
}
