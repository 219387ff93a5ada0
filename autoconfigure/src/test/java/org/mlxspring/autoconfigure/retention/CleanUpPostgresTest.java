package org.mlxspring.autoconfigure.retention;

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

/** The clean-up on PostgreSQL. */
@Testcontainers(disabledWithoutDocker = true)
class CleanUpPostgresTest {

    @Container
    private static final PostgreSQLContainer POSTGRES = Postgres.container();

    @Test
    void whatWasKeptLongEnoughIsRemovedAndTold(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("home");
        String[] own = Stream.concat(
                        Stream.of("mlx.models.judged.path=" + folder.resolve("home-model")),
                        Stream.of(CleanUpStory.PROPERTIES))
                .toArray(String[]::new);
        try (Host host = Host.start(List.of(Host.Pretending.class), home, Postgres.properties(POSTGRES, own))) {
            new CleanUpStory(host, home).tell();
        }
    }
}
