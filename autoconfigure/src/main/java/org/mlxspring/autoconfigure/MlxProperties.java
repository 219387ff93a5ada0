package org.mlxspring.autoconfigure;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.DatasetProperties;
import org.mlxspring.autoconfigure.model.ModelProperties;
import org.mlxspring.autoconfigure.pipeline.EngineProperties;
import org.mlxspring.autoconfigure.pipeline.EvaluationProperties;
import org.mlxspring.autoconfigure.pipeline.RunProperties;
import org.mlxspring.autoconfigure.schedule.ScheduleProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the starter, besides those of {@code mlx.security}.
 *
 * @param enabled Whether the starter does anything at all.
 * @param home Folder of rows, adapters and fused models. Without it: .mlx in the user's home, and in it a folder with
 *     the name of the application. Instances that share a database need it on a shared disk to take up each other's
 *     runs.
 * @param datasource Name of the DataSource bean that receives the tables, where there are several and none is primary.
 * @param models Base models by name.
 * @param schedules Runs started by the clock, by name.
 * @param datasets How datasets are received.
 * @param runs How this instance works on runs.
 * @param engine How the engine is run.
 * @param evaluation How a candidate is judged.
 */
@ConfigurationProperties("mlx")
public record MlxProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String home,
        @Nullable String datasource,
        @Nullable Map<String, ModelProperties> models,
        @Nullable Map<String, ScheduleProperties> schedules,
        @NestedConfigurationProperty @DefaultValue DatasetProperties datasets,
        @NestedConfigurationProperty @DefaultValue RunProperties runs,
        @NestedConfigurationProperty @DefaultValue EngineProperties engine,
        @NestedConfigurationProperty @DefaultValue EvaluationProperties evaluation) {

    public MlxProperties {
        models = models == null ? Map.of() : Map.copyOf(models);
        schedules = schedules == null ? Map.of() : Map.copyOf(schedules);
    }
}
