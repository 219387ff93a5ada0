package org.mlxspring.autoconfigure.retention;

import java.util.List;
import org.mlxspring.autoconfigure.audit.AuditProperties;
import org.mlxspring.autoconfigure.audit.AuditTrail;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.dataset.VersionRemoval;
import org.mlxspring.autoconfigure.erasure.Erasures;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.prepare.PreparedTokens;
import org.mlxspring.autoconfigure.run.Runs;
import org.mlxspring.autoconfigure.source.ImportHistory;
import org.mlxspring.autoconfigure.source.Refusals;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the retention of datasets and the clean-up with its parts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CleanUpProperties.class, DataRetentionProperties.class, RunRetentionProperties.class})
public class RetentionConfiguration {

    @Bean
    Retention mlxRetention(
            MlxDatabase database, RowErasure rows, AuditTrail audit, DataRetentionProperties properties) {
        return new Retention(database, rows, audit, properties);
    }

    /** In the order of the work: what is erased or given up first leaves fewer files to look at afterwards. */
    @Bean
    CleanUps mlxCleanUps(
            MlxDatabase database,
            Retention retention,
            RowErasure rows,
            VersionRemoval versions,
            ObjectProvider<ErasableStore> stores,
            Erasures erasures,
            Models models,
            Runs runs,
            PreparedTokens tokens,
            Refusals refusals,
            ImportHistory history,
            RunFolders folders,
            AuditTrail audit,
            AuditProperties auditProperties,
            DataRetentionProperties data,
            RunRetentionProperties runRetention) {
        List<CleanUpPart> parts = List.of(
                new OldRows(retention, rows, erasures),
                new OldVersions(
                        database,
                        retention,
                        rows,
                        versions,
                        stores.orderedStream().toList()),
                new OldRefusedRows(refusals, data.refusedRowsFor()),
                new OldImports(history, data.importsFor()),
                new OldTokenStores(tokens, runs, data.tokenStoresUnusedFor()),
                new OldRunFiles(database, models, folders, runRetention),
                new OldLogs(folders.logs(), runRetention.logsFor()),
                new OldAuditLines(audit, auditProperties));
        return new CleanUps(database, new CleanUpQueue(database), parts, audit);
    }

    @Bean
    CleanUpRunner mlxCleanUpRunner(MlxDatabase database, CleanUps cleanUps, CleanUpProperties properties) {
        return new CleanUpRunner(database, cleanUps, new CleanUpQueue(database), properties);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    CleanUpController mlxCleanUpController(CleanUps cleanUps) {
        return new CleanUpController(cleanUps);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    RetentionController mlxRetentionController(Retention retention) {
        return new RetentionController(retention);
    }
}
