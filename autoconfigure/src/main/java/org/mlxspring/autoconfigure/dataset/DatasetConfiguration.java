package org.mlxspring.autoconfigure.dataset;

import java.util.Map;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.encryption.SealedTable;
import org.mlxspring.autoconfigure.redaction.DatasetPlaceholders;
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

    /** Before anything reads or brings in rows, those that an earlier release left unencrypted are sealed. */
    @Bean
    PlaintextRows mlxPlaintextRows(
            MlxDatabase database, Keyring keyring, ErasedHashes erased, DatasetProperties properties) {
        PlaintextRows plaintext = new PlaintextRows(database, keyring, erased, properties);
        plaintext.move();
        return plaintext;
    }

    @Bean
    ErasedHashes mlxErasedHashes(MlxDatabase database) {
        return new ErasedHashes(database);
    }

    @Bean
    RowErasure mlxRowErasure(MlxDatabase database, Keyring keyring) {
        return new RowErasure(database, keyring);
    }

    @Bean
    VersionErasure mlxVersionErasure(MlxDatabase database) {
        return new VersionErasure(database);
    }

    @Bean
    VersionRemoval mlxVersionRemoval(MlxDatabase database) {
        return new VersionRemoval(database);
    }

    @Bean
    RowIntake mlxRowIntake(
            MlxDatabase database,
            Keyring keyring,
            ErasedHashes erased,
            DatasetProperties properties,
            PlaintextRows movedBefore) {
        return new RowIntake(database, keyring, erased, properties);
    }

    @Bean
    DatasetRows mlxDatasetRows(MlxDatabase database, Keyring keyring, PlaintextRows movedBefore) {
        return new DatasetRows(database, keyring);
    }

    @Bean
    DatasetPlaceholders mlxDatasetPlaceholders(MlxDatabase database, Keyring keyring) {
        return new StoredPlaceholders(database, keyring);
    }

    @Bean
    Datasets mlxDatasets(MlxDatabase database, RowIntake intake, DatasetRows rows, ObjectProvider<VersionGate> gates) {
        return new Datasets(database, intake, rows, gates);
    }

    @Bean
    VersionLabels mlxVersionLabels(MlxDatabase database, Datasets datasets, AuditLog audit) {
        return new VersionLabels(database, datasets, audit);
    }

    @Bean
    RowReading mlxRowReading(MlxDatabase database, Datasets datasets, DatasetRows rows, AuditLog audit) {
        return new RowReading(database, datasets, rows, audit);
    }

    @Bean
    DatasetKeyRotation mlxDatasetKeyRotation(RowIntake intake, Keyring keyring, AuditLog audit) {
        return new DatasetKeyRotation(intake, keyring, audit);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    DatasetController mlxDatasetController(Datasets datasets, VersionLabels labels, DatasetKeyRotation keys) {
        return new DatasetController(datasets, labels, keys);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    RowController mlxRowController(RowReading reading, Datasets datasets) {
        return new RowController(reading, datasets);
    }
}
