package org.mlxspring.autoconfigure.model;

import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the models and their controller. */
@Configuration(proxyBeanMethods = false)
public class ModelConfiguration {

    @Bean
    Models mlxModels(BaseModels models, MlxDatabase database) {
        return new Models(models.paths(), database);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    ModelController mlxModelController(Models models) {
        return new ModelController(models);
    }
}
