package org.mlxspring.autoconfigure.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the files of runs are kept. The clean-up removes what is older; the run, its scores and its lineage stay.
 *
 * @param kept How many of the newest runs of each model keep their adapters, checkpoints, answers and fused models, besides
 *     those of the champion and of unfinished runs. Without it, all stay.
 * @param logsFor Age at which logs of the engine's process are removed.
 */
@ConfigurationProperties("mlx.runs.retention")
public record RunRetentionProperties(
        @Nullable Integer kept, @DefaultValue("30d") Duration logsFor) {

    public RunRetentionProperties {
        if (kept != null && kept < 1) {
            throw new IllegalArgumentException("mlx.runs.retention.kept is " + kept + "; it must be at least 1.");
        }
        KeptFor.require("mlx.runs.retention.logs-for", logsFor);
    }
}
