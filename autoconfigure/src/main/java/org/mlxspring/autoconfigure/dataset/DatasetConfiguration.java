package org.mlxspring.autoconfigure.dataset;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the datasets and their controller. */
@Configuration(proxyBeanMethods = false)
public class DatasetConfiguration {

    @Bean
    Datasets mlxDatasets(MlxDatabase database) {
        return new Datasets(database);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    DatasetController mlxDatasetController(Datasets datasets) {
        return new DatasetController(datasets);
    }
}
