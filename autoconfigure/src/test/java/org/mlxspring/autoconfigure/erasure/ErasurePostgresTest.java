package org.mlxspring.autoconfigure.erasure;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.autoconfigure.host.Postgres;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** An erasure on PostgreSQL. */
@Testcontainers(disabledWithoutDocker = true)
class ErasurePostgresTest {

    @Container
    private static final PostgreSQLContainer POSTGRES = Postgres.container();

    @Test
    void nothingOfTheRowsIsLeft(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("home");
        String[] own = Stream.concat(
                        Stream.of("mlx.models.judged.path=" + folder.resolve("home-model")),
                        Stream.of(ErasureStory.PROPERTIES))
                .toArray(String[]::new);
        try (Host host = Host.start(List.of(Host.Pretending.class), home, Postgres.properties(POSTGRES, own))) {
            new ErasureStory(host, home).tell();
        }
    }
}
