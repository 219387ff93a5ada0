package org.mlxspring.autoconfigure.dataset;

import java.util.Map;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.encryption.SealedTable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the datasets and their controller. */
@Configuration(proxyBeanMethods = false)
public class DatasetConfiguration {

    @Bean
    SealedTable mlxSealedRows() {
        return new SealedTable("mlx_rows", Map.of("content", RowSecrets.CONTENT, "original", RowSecrets.ORIGINAL));
    }

    @Bean
    RowIntake mlxRowIntake(MlxDatabase database, Keyring keyring, DatasetProperties properties) {
        return new RowIntake(database, keyring, properties);
    }

    @Bean
    DatasetRows mlxDatasetRows(MlxDatabase database, Keyring keyring) {
        return new DatasetRows(database, keyring);
    }

    @Bean
    Datasets mlxDatasets(MlxDatabase database, RowIntake intake, DatasetRows rows, ObjectProvider<VersionGate> gates) {
        return new Datasets(database, intake, rows, gates);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    DatasetController mlxDatasetController(Datasets datasets) {
        return new DatasetController(datasets);
    }
}
