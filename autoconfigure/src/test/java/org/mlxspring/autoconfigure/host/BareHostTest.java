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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.context.ApplicationContext;
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

    @Test
    void theStarterWorksAndAddsNothingToSuchAHost(@TempDir Path folder) throws Exception {
        try (URLClassLoader classes = new URLClassLoader(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> NOT_BROUGHT.stream().noneMatch(entry::contains))
                        .map(BareHostTest::url)
                        .toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader())) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(classes);
            try {
                var work = Class.forName(BareHostTest.class.getName(), true, classes)
                        .getDeclaredMethod("work", Path.class);
                work.setAccessible(true);
                assertThat((List<?>) work.invoke(null, folder.resolve("home"))).isEmpty();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** Runs inside the class loader; answers what is not as it should be. */
    static List<String> work(Path home) throws InterruptedException {
        // A JVM takes one handler factory, and each class loader has a Tomcat that would set its own.
        TomcatURLStreamHandlerFactory.disable();
        List<String> wrong = new ArrayList<>();
        try (Host host = Host.start(
                List.of(Host.Pretending.class), home, "spring.datasource.url=jdbc:h2:mem:bare;DB_CLOSE_DELAY=-1")) {
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
            expect(wrong, context, 1, PlatformTransactionManager.class);
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
