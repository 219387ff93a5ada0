package org.mlxspring.autoconfigure.audit;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the audit log. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

    @Bean
    AuditLog mlxAuditLog(MlxDatabase database) {
        return new StoredAuditLog(database.jdbc());
    }
}
