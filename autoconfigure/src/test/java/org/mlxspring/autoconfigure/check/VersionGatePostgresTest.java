package org.mlxspring.autoconfigure.check;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.autoconfigure.host.Postgres;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The gate on PostgreSQL. */
@Testcontainers(disabledWithoutDocker = true)
class VersionGatePostgresTest {

    @Container
    private static final PostgreSQLContainer POSTGRES = Postgres.container();

    @Test
    void aFaultyVersionIsBlockedUntilItIsReleased(@TempDir Path folder) {
        try (Host host = Host.start(
                List.of(Host.Pretending.class),
                folder.resolve("home"),
                Postgres.properties(POSTGRES, GateStory.PROPERTIES))) {
            new GateStory(host).tell();
        }
    }
}
