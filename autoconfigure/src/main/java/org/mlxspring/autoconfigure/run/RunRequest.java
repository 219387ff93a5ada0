package org.mlxspring.autoconfigure.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do.
 *
 * @param model name of the base model in {@code mlx.models}
 * @param dataset name of the dataset
 * @param datasetVersion its version; null for the newest
 * @param job {@code pipeline}, {@code prepare}, {@code train}, {@code evaluate} or {@code fuse}; null for {@code
 *     pipeline}
 * @param settings training settings named as in {@code lora}'s YAML; null for mlx-lm's defaults
 */
public record RunRequest(
        @Nullable String model,
        @Nullable String dataset,
        @Nullable Integer datasetVersion,
        @Nullable String job,
        @Nullable Map<String, Object> settings) {

    /** The whole pipeline on the newest version of a dataset. */
    public static RunRequest pipeline(String model, String dataset, Map<String, Object> settings) {
        return new RunRequest(model, dataset, null, null, settings);
    }
}
