package org.mlxspring.engine.train;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One training run: settings and folders.
 *
 * @param model folder of the base model
 * @param data folder with {@code train.jsonl} and, optionally, {@code valid.jsonl} and {@code test.jsonl}
 * @param tokens folder with the token stores of a prepared dataset; where present the rows of {@code data} are not
 *     read again
 * @param adapterPath folder that receives the adapter and the checkpoints
 * @param settings how to train
 * @param resumeAdapterFile adapter weights to start from (weights only, as in mlx-lm)
 * @param resume whether to go on from the last complete checkpoint in {@code adapterPath}, if there is one: weights,
 *     optimizer, random state and data position
 * @param test whether to compute the loss on the test split at the end
 */
public record TrainSpec(
        Path model,
        Path data,
        Optional<Path> tokens,
        Path adapterPath,
        TrainSettings settings,
        Optional<Path> resumeAdapterFile,
        boolean resume,
        boolean test) {

    /** The same run with other settings. */
    TrainSpec withSettings(TrainSettings other) {
        return new TrainSpec(model, data, tokens, adapterPath, other, resumeAdapterFile, resume, test);
    }
}
