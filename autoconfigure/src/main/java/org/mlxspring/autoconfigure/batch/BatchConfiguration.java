package org.mlxspring.autoconfigure.batch;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what executes jobs. */
@Configuration(proxyBeanMethods = false)
public class BatchConfiguration {

    @Bean
    BatchEngine mlxBatchEngine(MlxDatabase database) {
        return new BatchEngine(database);
    }
}
