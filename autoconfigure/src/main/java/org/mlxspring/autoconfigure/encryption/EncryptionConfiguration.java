package org.mlxspring.autoconfigure.encryption;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.home.MlxHome;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Wires the keyring over the master keys of the application, of its properties, or of a generated file. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EncryptionProperties.class)
public class EncryptionConfiguration {

    @Bean
    Keyring mlxKeyring(
            MlxDatabase database,
            EncryptionProperties properties,
            MlxHome home,
            ObjectProvider<KeyProvider> hosts,
            ObjectProvider<SealedTable> tables) {
        KeyProvider masters = hosts.getIfAvailable(() -> properties.keys().isEmpty()
                ? new GeneratedKeys(home.folder().resolve("keys"))
                : new ConfiguredKeys(properties));
        Resealing resealing = new Resealing(
                tables.orderedStream().toList(), new JdbcTemplate(database.dataSource()), database.transactions());
        return new StoredKeyring(new KeyTable(database.jdbc()), masters, database.transactions(), resealing);
    }
}
