package org.mlxspring.autoconfigure.prepare;

import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.home.MlxHome;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what hands rows of dataset versions to the engine. */
@Configuration(proxyBeanMethods = false)
public class PrepareConfiguration {

    @Bean
    PreparedTokens mlxPreparedTokens(
            MlxDatabase database, BatchEngine batch, DatasetRows rows, Keyring keyring, MlxHome home, AuditLog audit) {
        return new PreparedTokens(database, batch, rows, keyring, home, audit);
    }

    @Bean
    ErasableStore mlxErasableTokens(PreparedTokens tokens) {
        return new ErasableTokens(tokens);
    }

    @Bean
    RowExport mlxRowExport(DatasetRows rows, AuditLog audit) {
        return new RowExport(rows, audit);
    }
}
