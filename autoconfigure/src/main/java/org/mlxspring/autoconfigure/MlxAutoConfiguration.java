package org.mlxspring.autoconfigure;

import java.nio.file.Path;
import org.mlxspring.autoconfigure.audit.AuditConfiguration;
import org.mlxspring.autoconfigure.batch.BatchConfiguration;
import org.mlxspring.autoconfigure.database.DatabaseConfiguration;
import org.mlxspring.autoconfigure.dataset.DatasetConfiguration;
import org.mlxspring.autoconfigure.dataset.DatasetProperties;
import org.mlxspring.autoconfigure.encryption.EncryptionConfiguration;
import org.mlxspring.autoconfigure.home.MlxHome;
import org.mlxspring.autoconfigure.model.BaseModels;
import org.mlxspring.autoconfigure.model.ModelConfiguration;
import org.mlxspring.autoconfigure.pipeline.EngineConfiguration;
import org.mlxspring.autoconfigure.pipeline.EngineProperties;
import org.mlxspring.autoconfigure.pipeline.EvaluationProperties;
import org.mlxspring.autoconfigure.pipeline.PipelineConfiguration;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.pipeline.RunProperties;
import org.mlxspring.autoconfigure.redaction.RedactionConfiguration;
import org.mlxspring.autoconfigure.run.RunConfiguration;
import org.mlxspring.autoconfigure.schedule.NamedSchedules;
import org.mlxspring.autoconfigure.schedule.ScheduleConfiguration;
import org.mlxspring.autoconfigure.source.SourceConfiguration;
import org.mlxspring.autoconfigure.web.WebConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Datasets, models, runs, jobs and schedules on the host's DataSource. After all of Boot's own that set up databases,
 * so that what the host brings or Boot would make is there first.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration",
            "org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration",
            "org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration",
            "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration",
            "org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "mlx.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MlxProperties.class)
@Import({
    DatabaseConfiguration.class,
    BatchConfiguration.class,
    AuditConfiguration.class,
    EncryptionConfiguration.class,
    RedactionConfiguration.class,
    DatasetConfiguration.class,
    ModelConfiguration.class,
    SourceConfiguration.class,
    RunConfiguration.class,
    EngineConfiguration.class,
    PipelineConfiguration.class,
    ScheduleConfiguration.class,
    WebConfiguration.class
})
public class MlxAutoConfiguration {

    @Bean
    MlxHome mlxHome(MlxProperties properties, Environment environment) {
        String home = properties.home();
        if (home != null && !home.isBlank()) {
            return new MlxHome(Path.of(home));
        }
        String application = environment.getProperty("spring.application.name", "application");
        return new MlxHome(Path.of(System.getProperty("user.home"), ".mlx", application.replaceAll("[^\\w.-]", "_")));
    }

    @Bean
    RunFolders mlxRunFolders(MlxHome home) {
        return new RunFolders(home.folder());
    }

    @Bean
    DatasetProperties mlxDatasetProperties(MlxProperties properties) {
        return properties.datasets();
    }

    @Bean
    BaseModels mlxBaseModels(MlxProperties properties) {
        return BaseModels.of(properties.models());
    }

    @Bean
    NamedSchedules mlxNamedSchedules(MlxProperties properties) {
        return new NamedSchedules(properties.schedules());
    }

    @Bean
    RunProperties mlxRunProperties(MlxProperties properties) {
        return properties.runs();
    }

    @Bean
    EvaluationProperties mlxEvaluationProperties(MlxProperties properties) {
        return properties.evaluation();
    }

    @Bean
    EngineProperties mlxEngineProperties(MlxProperties properties) {
        return properties.engine();
    }
}
