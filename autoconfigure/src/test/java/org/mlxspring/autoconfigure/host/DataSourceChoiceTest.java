package org.mlxspring.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which DataSource receives the tables, and what is said where there is none. */
@ExtendWith(OutputCaptureExtension.class)
class DataSourceChoiceTest {

    private static final String WITHOUT_BOOTS_DATABASE = "spring.autoconfigure.exclude="
            + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
            + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration,"
            + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
            + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration,"
            + "org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration,"
            + "org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration";

    @TempDir
    private Path folder;

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {
        @Bean
        DataSource orders() {
            return memory("orders");
        }

        @Bean
        DataSource training() {
            return memory("training");
        }

        private static DataSource memory(String name) {
            JdbcDataSource dataSource = new JdbcDataSource();
            dataSource.setUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
            return dataSource;
        }
    }

    @Test
    void withoutADataSourceTheStartEndsAndSaysWhatToAdd(CapturedOutput output) {
        assertThatThrownBy(() -> start(List.of(Host.Pretending.class), WITHOUT_BOOTS_DATABASE));
        assertThat(output)
                .contains("there is no DataSource")
                .contains("Add spring-boot-starter-jdbc")
                .contains("mlx.enabled=false");
    }

    @Test
    void amongSeveralTheStartEndsAndNamesThem(CapturedOutput output) {
        assertThatThrownBy(() -> start(List.of(Host.Pretending.class, TwoDatabases.class), WITHOUT_BOOTS_DATABASE));
        assertThat(output).contains("Set mlx.datasource to one of: orders, training.");
    }

    @Test
    void amongSeveralThePropertyNamesOne() {
        try (Host host = start(
                List.of(Host.Pretending.class, TwoDatabases.class),
                WITHOUT_BOOTS_DATABASE,
                "mlx.datasource=training")) {
            host.upload("named", Map.of("train", Host.rows("n", 20)));
            assertThat(JdbcClient.create(TwoDatabases.memory("training"))
                            .sql("select name from mlx_datasets")
                            .query(String.class)
                            .list())
                    .containsExactly("named");
            assertThat(JdbcClient.create(TwoDatabases.memory("orders"))
                            .sql("select count(*) from information_schema.tables where lower(table_name) like 'mlx%'")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void switchedOffThereIsNothingOfOurs() {
        try (Host host = start(List.of(), "spring.datasource.url=jdbc:h2:mem:off", "mlx.enabled=false")) {
            assertThat(host.context().getBeanProvider(Datasets.class).getIfAvailable())
                    .isNull();
            assertThat(host.context().getBeanDefinitionNames()).noneMatch(name -> name.startsWith("mlx"));
        }
    }

    @Test
    void aWrongScheduleEndsTheStartAndNamesTheProperty(CapturedOutput output) {
        assertThatThrownBy(() -> start(
                List.of(Host.Pretending.class),
                "spring.datasource.url=jdbc:h2:mem:wrong-schedule",
                "mlx.schedules.nightly.cron=0 0 2 * * *",
                "mlx.schedules.nightly.dataset=tickets",
                "mlx.schedules.nightly.model=big"));
        assertThat(output).contains("mlx.schedules.nightly.model is wrong: big").contains("There are: small");
    }

    private Host start(List<Class<?>> configurations, String... properties) {
        return Host.start(configurations, folder.resolve("home"), properties);
    }
}
