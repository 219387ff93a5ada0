package org.mlxspring.autoconfigure.database;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens our share of the host's database, after the host has set up its own. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    /**
     * Waits for the host's scripts and migrations: Flyway refuses to start in a schema that already holds tables, so
     * the host's must come first.
     */
    @Bean
    @DependsOnDatabaseInitialization
    MlxDatabase mlxDatabase(
            ListableBeanFactory beans,
            ObjectProvider<Flyway> hosts,
            @Value("${mlx.datasource:#{null}}") @Nullable String name) {
        hosts.stream().forEach(flyway -> {});
        return new MlxDatabase(HostDataSource.find(beans, name));
    }
}
