package org.mlxspring.autoconfigure.check;

import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.model.BaseModels;
import org.mlxspring.autoconfigure.redaction.Redaction;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the checks, their reports and the controller. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CheckProperties.class)
public class CheckConfiguration {

    @Bean
    ErasableStore mlxErasableFindings(MlxDatabase database) {
        return new ErasableFindings(database);
    }

    @Bean
    VersionChecks mlxVersionChecks(
            CheckProperties properties,
            BaseModels models,
            Redaction redaction,
            Keyring keyring,
            DatasetRows rows,
            RowIntake intake,
            MlxDatabase database) {
        return new VersionChecks(properties, models, redaction, keyring, rows, intake, database);
    }

    @Bean
    VersionReports mlxVersionReports(Datasets datasets, RowIntake intake, MlxDatabase database, AuditLog audit) {
        return new VersionReports(datasets, intake, database, audit);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    ReportController mlxReportController(VersionReports reports) {
        return new ReportController(reports);
    }
}
