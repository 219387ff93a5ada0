package org.mlxspring.autoconfigure.lineage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A complete adapter and what was made of it.
 *
 * @param run the run that trained it
 * @param path its folder
 * @param model name of its base model
 * @param dataset name of the dataset that it was trained on
 * @param settings training settings, named as in {@code lora}'s YAML
 * @param fused the fused models of it, the newest first
 */
public record TrainedAdapter(
        String run,
        Path path,
        String model,
        String dataset,
        Map<String, Object> settings,
        List<ModelVersionUse> fused) {

    public TrainedAdapter {
        fused = List.copyOf(fused);
    }

    /** Whether a fused model of it is the champion. */
    public boolean serves() {
        return fused.stream().anyMatch(ModelVersionUse::champion);
    }
}
