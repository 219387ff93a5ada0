package org.mlxspring.autoconfigure.lineage;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.prepare.PreparedTokens;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the lineage and its controller. */
@Configuration(proxyBeanMethods = false)
public class LineageConfiguration {

    @Bean
    Lineage mlxLineage(MlxDatabase database, RunFolders folders, PreparedTokens tokens) {
        return new Lineage(database, folders, tokens);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    LineageController mlxLineageController(Lineage lineage) {
        return new LineageController(lineage);
    }
}
