package org.mlxspring.autoconfigure.actuate;

import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.pipeline.EngineProperties;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.run.Runs;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The health indicator {@code mlx}, unless {@code management.health.mlx.enabled} is false. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("mlx")
public class HealthConfiguration {

    @Bean
    HealthIndicator mlxHealthIndicator(RunFolders folders, EngineProperties engine, Models models, Runs runs) {
        return new MlxHealth(new NativeLibrary(engine.nativeFolder()), new HomeFolder(folders.home()), models, runs);
    }
}
