package org.mlxspring.autoconfigure;

import org.mlxspring.autoconfigure.actuate.HealthConfiguration;
import org.mlxspring.autoconfigure.actuate.MetricsConfiguration;
import org.mlxspring.autoconfigure.run.Runs;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Import;

/** Adds to Actuator's health and metrics, in a host that has them. */
@AutoConfiguration(
        after = MlxAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration"
        })
@ConditionalOnBean(Runs.class)
@Import({HealthConfiguration.class, MetricsConfiguration.class})
public final class MlxActuatorAutoConfiguration {}
