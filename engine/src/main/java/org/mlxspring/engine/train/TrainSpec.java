package org.mlxspring.engine.train;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One training run: settings and folders.
 *
 * @param model folder of the base model
 * @param data where the rows are
 * @param adapterPath folder that receives the adapter and the checkpoints
 * @param settings how to train
 * @param resumeAdapterFile adapter weights to start from (weights only, as in mlx-lm)
 * @param resume whether to go on from the last complete checkpoint in {@code adapterPath}, if there is one: weights,
 *     optimizer, random state and data position
 * @param test whether to compute the loss on the test split at the end
 */
public record TrainSpec(
        Path model,
        TrainData data,
        Path adapterPath,
        TrainSettings settings,
        Optional<Path> resumeAdapterFile,
        boolean resume,
        boolean test) {

    /** On rows as text, see {@link TrainData.Rows}. */
    public TrainSpec(
            Path model,
            Path data,
            Optional<Path> tokens,
            Path adapterPath,
            TrainSettings settings,
            Optional<Path> resumeAdapterFile,
            boolean resume,
            boolean test) {
        this(model, new TrainData.Rows(data, tokens), adapterPath, settings, resumeAdapterFile, resume, test);
    }

    /** The same run with other settings. */
    TrainSpec withSettings(TrainSettings other) {
        return new TrainSpec(model, data, adapterPath, other, resumeAdapterFile, resume, test);
    }
}
