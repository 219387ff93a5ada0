package org.mlxspring.autoconfigure.lineage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the adapter of a run comes from.
 *
 * @param run the run
 * @param job which part of the pipeline it went through
 * @param state where it is
 * @param startedBy who asked for it
 * @param schedule the schedule that asked for it; null otherwise
 * @param createdAt when it was asked for
 * @param endedAt when it ended; null before
 * @param adapterRun the run that trained the adapter: this one, or an earlier one that it went on from
 * @param adapter folder of the adapter; null where none was trained yet
 * @param settings training settings, named as in {@code lora}'s YAML
 * @param baseModel the model that the adapter belongs to
 * @param data the dataset version that it was trained on
 * @param modelVersions what was made of the adapter, newest first
 */
public record RunLineage(
        String run,
        String job,
        String state,
        String startedBy,
        @Nullable String schedule,
        Instant createdAt,
        @Nullable Instant endedAt,
        String adapterRun,
        @Nullable String adapter,
        Map<String, Object> settings,
        BaseModelUse baseModel,
        DataLineage data,
        List<ModelVersionUse> modelVersions) {

    public RunLineage {
        modelVersions = List.copyOf(modelVersions);
    }

    /**
     * @param name its name in {@code mlx.models}
     * @param path its folder
     * @param hash SHA-256 of its configuration and weights as the training read them; null before, and for runs older
     *     than this record
     */
    public record BaseModelUse(
            String name, String path, @Nullable String hash) {}
}
