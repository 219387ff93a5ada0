package org.mlxspring.autoconfigure.audit;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the audit log and its controller. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
public class AuditConfiguration {

    @Bean
    AuditTrail mlxAuditTrail(MlxDatabase database) {
        return new AuditTrail(database);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    AuditController mlxAuditController(AuditTrail trail) {
        return new AuditController(trail);
    }
}
