package org.mlxspring.autoconfigure.prepare;

import org.mlxspring.autoconfigure.host.Postgres;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

@Testcontainers(disabledWithoutDocker = true)
class PreparedTokensPostgresTest extends PreparedTokensTest {

    @Container
    private static final PostgreSQLContainer POSTGRES = Postgres.container();

    @Override
    String[] database() {
        return Postgres.properties(POSTGRES);
    }
}
