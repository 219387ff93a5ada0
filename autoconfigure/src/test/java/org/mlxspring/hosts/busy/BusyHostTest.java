package org.mlxspring.hosts.busy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** A host that has everything of its own keeps all of it, and the starter works beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BusyHostTest {

    private Host host;

    @BeforeAll
    void start(@TempDir Path folder) {
        BusyApplication.REPORTS.set(0);
        host = Host.start(
                List.of(Host.Pretending.class, BusyApplication.class),
                folder.resolve("home"),
                "spring.datasource.url=jdbc:h2:mem:busy;DB_CLOSE_DELAY=-1");
    }

    @AfterAll
    void stop() {
        host.close();
    }

    @Test
    void theHostHasOneOfEachAndItIsItsOwn() {
        ApplicationContext context = host.context();
        List.of(
                        DataSource.class,
                        EntityManagerFactory.class,
                        PlatformTransactionManager.class,
                        Flyway.class,
                        JobRepository.class,
                        JobOperator.class,
                        Job.class,
                        TaskScheduler.class,
                        JsonMapper.class)
                .forEach(type -> assertThat(context.getBeanNamesForType(type))
                        .as(type.getSimpleName())
                        .hasSize(1));
        assertThat(context.getBean("applicationTaskExecutor", TaskExecutor.class))
                .isNotNull();
        assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
        assertThat(context.getBean(EntityManagerFactory.class).getMetamodel().getEntities())
                .extracting(entity -> entity.getName())
                .containsExactly("Ticket");
    }

    @Test
    void theHostsMigrationsRanBeforeOurs() {
        JdbcClient jdbc = JdbcClient.create(host.context().getBean(DataSource.class));
        assertThat(jdbc.sql("select \"version\" from \"flyway_schema_history\" where \"version\" is not null")
                        .query(String.class)
                        .list())
                .containsExactly("1");
        assertThat(jdbc.sql(
                                "select \"version\" from \"mlx_schema_history\" where \"version\" is not null order by \"installed_rank\"")
                        .query(String.class)
                        .list())
                .startsWith("0", "1", "2", "3");
    }

    @Test
    void theHostsJobRanOnceAndOursAreInTablesOfTheirOwn() throws Exception {
        host.upload("busy", Map.of("train", Host.rows("b", 40)));
        String id = host.post(
                        "/mlx/api/runs", Map.of("model", "small", "dataset", "busy", "settings", Map.of("iters", 2)))
                .body()
                .path("id")
                .asString();
        host.awaitState(id, "SUCCEEDED");
        JdbcClient jdbc = JdbcClient.create(host.context().getBean(DataSource.class));
        assertThat(BusyApplication.REPORTS).hasValue(1);
        assertThat(jdbc.sql("select job_name from batch_job_instance")
                        .query(String.class)
                        .list())
                .containsExactly("nightlyReport");
        assertThat(jdbc.sql("select distinct job_name from mlx_batch_job_instance order by job_name")
                        .query(String.class)
                        .list())
                .containsExactly("import", "pipeline", "tokens");
    }

    @Test
    void theHostsTransactionsAndOursDoNotMeet() {
        TicketRepository tickets = host.context().getBean(TicketRepository.class);
        tickets.save(new Ticket("kept"));
        assertThatThrownBy(
                        () -> host.context().getBean(BusyApplication.Desk.class).exportAndFail())
                .hasMessage("the host changed its mind");
        assertThat(tickets.findAll()).extracting(Ticket::subjectLine).containsExactly("kept");
        assertThat(host.get("/mlx/api/datasets/exported/versions")
                        .body()
                        .path("content")
                        .get(0)
                        .path("createdBy")
                        .asString())
                .isEqualTo("desk");
    }

    @Test
    void jsonAndErrorsOfTheHostStayTheHostsAndOursStayOurs() {
        assertThat(host.get("/ticket").body().path("subject_line").asString()).isEqualTo("printer");
        assertThat(host.client()
                        .get()
                        .uri("/broken")
                        .retrieve()
                        .toEntity(String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(418);
        Host.Answer unknown = host.get("/mlx/api/runs/none");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().path("title").asString()).isEqualTo("Unknown run");
        assertThat(unknown.body().path("instance").asString()).isEqualTo("/mlx/api/runs/none");
        host.upload("camel", Map.of("train", Host.rows("c", 30)));
        assertThat(host.get("/mlx/api/datasets").body().toString())
                .contains("latestVersion")
                .contains("totalElements");
    }
}
