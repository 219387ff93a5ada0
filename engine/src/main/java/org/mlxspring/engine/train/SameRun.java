package org.mlxspring.engine.train;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds whoever goes on from a checkpoint to the data and the settings that it was made with. */
final class SameRun {

    /** Settings that may differ between a checkpoint and the run that goes on from it. */
    private static final Set<String> CHANGEABLE = Set.of(
            "iters",
            "steps_per_report",
            "steps_per_eval",
            "val_batches",
            "save_every",
            "test_batches",
            "early_stopping_patience",
            "early_stopping_min_delta",
            "keep_checkpoints",
            "processes");

    private static final JsonMapper JSON = new JsonMapper();

    private SameRun() {}

    /**
     * @throws IllegalArgumentException naming what differs
     */
    static void require(Checkpoint checkpoint, Checkpoint.State state, TrainSettings settings, int trainRows) {
        if (state.progress().trainRows() != trainRows) {
            throw new IllegalArgumentException("The checkpoint " + checkpoint.weights() + " was made with "
                    + state.progress().trainRows() + " training rows, the dataset now has " + trainRows
                    + ". Train into another adapter folder, or without resume.");
        }
        JsonNode then = tree(TrainSettings.fromMap(state.settings()));
        JsonNode now = tree(settings);
        for (Map.Entry<String, JsonNode> each : then.properties()) {
            JsonNode current = now.path(each.getKey());
            if (!CHANGEABLE.contains(each.getKey()) && !each.getValue().equals(current)) {
                throw new IllegalArgumentException("The checkpoint " + checkpoint.weights() + " was made with "
                        + each.getKey() + " " + each.getValue() + ", this run has "
                        + (current.isMissingNode() ? "none" : current)
                        + ". Use the same settings to go on from it, or another adapter folder.");
            }
        }
    }

    /** As JSON, so that neither the order of a map nor the type of a number makes a difference. */
    private static JsonNode tree(TrainSettings settings) {
        return JSON.readTree(JSON.writeValueAsString(settings.toMap()));
    }
}
