package org.mlxspring.autoconfigure.host;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL in a container; the image is told by the property {@code test.postgres.image}. */
public final class Postgres {

    private Postgres() {}

    /** A container, not yet started. */
    public static PostgreSQLContainer container() {
        String image = System.getProperty("test.postgres.image", "postgres:17");
        return new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
                .waitingFor(Wait.forListeningPort().withStartupTimeout(Duration.ofMinutes(2)));
    }

    /** Starts it, or skips the test on a machine without Docker. */
    public static void start(PostgreSQLContainer container) {
        Assumptions.assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "PostgreSQL needs Docker here.");
        container.start();
    }

    /** Properties of a host that uses the container, and others. */
    public static String[] properties(PostgreSQLContainer container, String... others) {
        String[] all = new String[others.length + 3];
        all[0] = "spring.datasource.url=" + container.getJdbcUrl();
        all[1] = "spring.datasource.username=" + container.getUsername();
        all[2] = "spring.datasource.password=" + container.getPassword();
        System.arraycopy(others, 0, all, 3, others.length);
        return all;
    }

    /** Makes a database of this name, empty, and says where it is. */
    static String emptyDatabase(PostgreSQLContainer container, String name) {
        try (Connection connection = DriverManager.getConnection(
                        container.getJdbcUrl(), container.getUsername(), container.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name);
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return container.getJdbcUrl().replaceFirst("/" + container.getDatabaseName() + "(?=$|\\?)", "/" + name);
    }
}
