package org.mlxspring.autoconfigure.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * An application without a web server on each database that there is a schema for. It is started when a test first asks
 * for it and serves all tests of the JVM; give datasets names of your own.
 */
public enum OnDatabase {
    H2,
    POSTGRESQL;

    private @Nullable ConfigurableApplicationContext application;
    private @Nullable Path home;
    private @Nullable PostgreSQLContainer container;

    /** A bean of the application. */
    public <T> T bean(Class<T> type) {
        return application().getBean(type);
    }

    /** The folder of what is not in the database. */
    public synchronized Path home() {
        if (home == null) {
            try {
                home = Files.createTempDirectory("mlx-" + name().toLowerCase());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return home;
    }

    public synchronized ConfigurableApplicationContext application() {
        if (application == null) {
            application = start(List.of(), home(), new String[0], at(emptyUrl("shared")));
        }
        return application;
    }

    /** Another application with these classes on the database at this address; the caller closes it. */
    public ConfigurableApplicationContext another(
            List<Class<?>> configurations, Path home, String url, String... properties) {
        return start(configurations, home, properties, at(url));
    }

    /** Connections to the database at this address, without an application. */
    public DataSource dataSource(String url) {
        return switch (this) {
            case H2 -> new DriverManagerDataSource(url, "sa", "");
            case POSTGRESQL ->
                new DriverManagerDataSource(
                        url, container().getUsername(), container().getPassword());
        };
    }

    /** The address of an empty database of this kind. */
    public synchronized String emptyUrl(String name) {
        return switch (this) {
            case H2 -> "jdbc:h2:mem:on-database-" + name + ";DB_CLOSE_DELAY=-1";
            case POSTGRESQL -> {
                container();
                yield Postgres.emptyDatabase(container(), name);
            }
        };
    }

    /** The properties of a data source at this address. */
    public String[] at(String url) {
        return switch (this) {
            case H2 -> new String[] {"spring.datasource.url=" + url};
            case POSTGRESQL ->
                new String[] {
                    "spring.datasource.url=" + url,
                    "spring.datasource.username=" + container().getUsername(),
                    "spring.datasource.password=" + container().getPassword()
                };
        };
    }

    private synchronized PostgreSQLContainer container() {
        if (container == null) {
            PostgreSQLContainer made = Postgres.container();
            Postgres.start(made);
            container = made;
        }
        return container;
    }

    private static ConfigurableApplicationContext start(
            List<Class<?>> configurations, Path home, String[] more, String[] database) {
        List<Class<?>> all = new ArrayList<>(List.of(Host.Basics.class, Host.Pretending.class));
        all.addAll(configurations);
        SpringApplication application = new SpringApplication(all.toArray(Class<?>[]::new));
        application.setWebApplicationType(WebApplicationType.NONE);
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.main.banner-mode=off",
                "--mlx.home=" + home,
                "--mlx.runs.concurrency=0",
                "--spring.flyway.enabled=false"));
        Arrays.stream(database).forEach(property -> arguments.add("--" + property));
        Arrays.stream(more).forEach(property -> arguments.add("--" + property));
        return application.run(arguments.toArray(String[]::new));
    }
}
