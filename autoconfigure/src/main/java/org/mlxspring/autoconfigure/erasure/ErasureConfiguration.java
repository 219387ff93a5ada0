package org.mlxspring.autoconfigure.erasure;

import java.util.List;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetKeyRotation;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.ErasedHashes;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.dataset.VersionErasure;
import org.mlxspring.autoconfigure.lineage.Lineage;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.pipeline.RunProperties;
import org.mlxspring.autoconfigure.run.Runs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the erasures, what works on them, and their controller. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ErasureProperties.class)
public class ErasureConfiguration {

    @Bean
    Erasures mlxErasures(
            MlxDatabase database, RowErasure rows, ErasedHashes hashes, AuditLog audit, ErasureProperties properties) {
        return new Erasures(database, rows, hashes, audit, new ErasureQueue(database), properties);
    }

    @Bean
    KeepOut mlxKeepOut(MlxDatabase database, RowErasure rows, ErasedHashes hashes, AuditLog audit) {
        return new KeepOut(database, rows, hashes, audit);
    }

    @Bean
    ErasureRunner mlxErasureRunner(
            MlxDatabase database,
            RowErasure rows,
            ErasedHashes hashes,
            VersionErasure versions,
            ObjectProvider<ErasableStore> stores,
            Runs runs,
            RunFolders folders,
            Lineage lineage,
            Models models,
            DatasetKeyRotation keys,
            AuditLog audit,
            RunProperties runProperties,
            ErasureProperties properties) {
        List<ErasableStore> all = stores.orderedStream().toList();
        ErasureRows records = new ErasureRows(database);
        Verification verification = new Verification(records, rows, hashes, versions, all, properties);
        return new ErasureRunner(
                database,
                new ErasureWork(
                        database,
                        records,
                        new RunPause(records, runs, folders),
                        new RowRemoval(database, records, rows, hashes, versions, properties),
                        new FollowUp(records, runs, lineage, models, audit),
                        all,
                        verification,
                        keys,
                        audit,
                        properties),
                runProperties.heartbeat());
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    ErasureController mlxErasureController(Erasures erasures, KeepOut keepOut) {
        return new ErasureController(erasures, keepOut);
    }
}
