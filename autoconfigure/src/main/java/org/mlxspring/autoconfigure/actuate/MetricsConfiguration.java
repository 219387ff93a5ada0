package org.mlxspring.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import org.mlxspring.autoconfigure.run.Runs;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The meters {@code mlx.*}, where the host has a registry for them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public class MetricsConfiguration {

    @Bean
    MlxMetrics mlxMetrics(MeterRegistry registry, Runs runs) {
        return new MlxMetrics(registry, runs);
    }
}
