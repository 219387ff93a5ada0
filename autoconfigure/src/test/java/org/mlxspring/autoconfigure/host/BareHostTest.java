package org.mlxspring.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A host as the starter alone makes it: Boot's modules for JPA, Batch, Flyway, security and Actuator are not on its
 * class path, which is what the starter's dependencies bring.
 */
class BareHostTest {

    private static final List<String> NOT_BROUGHT = List.of(
            "spring-boot-starter-data-jpa",
            "spring-boot-data-jpa",
            "spring-boot-data-commons",
            "spring-boot-hibernate",
            "spring-boot-jpa",
            "spring-boot-persistence",
            "spring-boot-starter-batch",
            "spring-boot-batch",
            "spring-boot-starter-flyway",
            "spring-boot-flyway",
            "spring-boot-starter-security",
            "spring-boot-security",
            "spring-boot-starter-actuator",
            "spring-boot-actuator",
            "spring-boot-health",
            "spring-boot-starter-micrometer",
            "spring-boot-micrometer",
            "springdoc");

    /** What a host does without that makes its DataSource itself. */
    private static final List<String> BOOTS_JDBC =
            List.of("spring-boot-starter-jdbc", "spring-boot-jdbc", "spring-boot-sql", "spring-boot-transaction");

    @TempDir
    private Path folder;

    /** A DataSource that Boot did not make. */
    @Configuration(proxyBeanMethods = false)
    static class OwnDataSource {
        @Bean
        DataSource dataSource() {
            JdbcDataSource dataSource = new JdbcDataSource();
            dataSource.setUrl("jdbc:h2:mem:own;DB_CLOSE_DELAY=-1");
            return dataSource;
        }
    }

    @Test
    void theStarterWorksAndAddsNothingToSuchAHost() throws Exception {
        assertThat(work(NOT_BROUGHT, List.of(), 1)).isEmpty();
    }

    @Test
    void aDataSourceIsEnough() throws Exception {
        List<String> less =
                Stream.concat(NOT_BROUGHT.stream(), BOOTS_JDBC.stream()).toList();
        assertThat(work(less, List.of(OwnDataSource.class.getName()), 0)).isEmpty();
    }

    private List<?> work(List<String> missing, List<String> configurations, int transactionManagers) throws Exception {
        try (URLClassLoader classes = new URLClassLoader(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> missing.stream().noneMatch(entry::contains))
                        .map(BareHostTest::url)
                        .toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader())) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(classes);
            try {
                var run = Class.forName(BareHostTest.class.getName(), true, classes)
                        .getDeclaredMethod("run", Path.class, List.class, int.class);
                run.setAccessible(true);
                return (List<?>) run.invoke(null, folder.resolve("home"), configurations, transactionManagers);
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** Runs inside the class loader; answers what is not as it should be. */
    static List<String> run(Path home, List<String> configurations, int transactionManagers) throws Exception {
        // A JVM takes one handler factory, and each class loader has a Tomcat that would set its own.
        TomcatURLStreamHandlerFactory.disable();
        List<String> wrong = new ArrayList<>();
        List<Class<?>> classes = new ArrayList<>(List.of(Host.Pretending.class));
        for (String configuration : configurations) {
            classes.add(Class.forName(configuration));
        }
        try (Host host = Host.start(classes, home, "spring.datasource.url=jdbc:h2:mem:bare;DB_CLOSE_DELAY=-1")) {
            host.upload("bare", Map.of("train", Host.rows("b", 40)));
            String id = host.post(
                            "/mlx/api/runs",
                            Map.of("model", "small", "dataset", "bare", "settings", Map.of("iters", 2)))
                    .body()
                    .path("id")
                    .asString();
            host.awaitState(id, "SUCCEEDED");
            ApplicationContext context = host.context();
            expect(wrong, context, 1, DataSource.class);
            expect(wrong, context, transactionManagers, PlatformTransactionManager.class);
            for (Class<?> type : List.of(EntityManagerFactory.class, Flyway.class, Job.class, JobRepository.class)) {
                expect(wrong, context, 0, type);
            }
            ConditionEvaluationReport.get(host.context().getBeanFactory())
                    .getConditionAndOutcomesBySource()
                    .keySet()
                    .stream()
                    .filter(source -> source.matches(
                            "org\\.springframework\\.boot\\.(hibernate|data|flyway|batch|security|actuate)\\..*"))
                    .forEach(source -> wrong.add(source + " was considered"));
        }
        return wrong;
    }

    private static void expect(List<String> wrong, ApplicationContext context, int count, Class<?> type) {
        List<String> names = List.of(context.getBeanNamesForType(type));
        if (names.size() != count) {
            wrong.add(names + " instead of " + count + " " + type.getSimpleName());
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
