package org.mlxspring.engine.train;

import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.adapter.LoraParameters;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.optim.OptimizerSettings;
import org.mlxspring.engine.optim.ScheduleSettings;

/**
 * Everything a training run can be told besides its folders: names, meanings and defaults are those of mlx-lm's
 * {@code lora}, and what mlx-lm does not have is off unless asked for.
 *
 * @param fineTuneType what is trained
 * @param optimizer the optimizer and its options
 * @param lossMask which tokens of a row are learned
 * @param numLayers how many layers, counted from the last, are trained; -1 for all
 * @param batchSize rows per iteration
 * @param iters iterations (micro-batches) of the run
 * @param valBatches batches per validation; -1 for the whole split
 * @param learningRate learning rate where there is no schedule
 * @param stepsPerReport iterations between two reports of the training loss
 * @param stepsPerEval iterations between two validations
 * @param gradAccumulationSteps iterations per update
 * @param saveEvery iterations between two checkpoints
 * @param testBatches batches of the final test; -1 for the whole split
 * @param maxSeqLength tokens after which a row is cut
 * @param gradCheckpoint whether activations are computed again in the backward pass to save memory
 * @param clearCacheThreshold bytes of cached buffers above which MLX's cache is cleared after an iteration; 0
 *     leaves it to MLX
 * @param lrSchedule learning-rate schedule, in place of {@code learningRate}
 * @param loraParameters shape of the adapter
 * @param seed seed of the adapter's initial weights, of dropout and of the order of batches
 * @param trainMode what the run learns from: rows, or pairs of a preferred and another answer
 * @param beta strength of the preference: how far DPO may leave its reference, or the weight of ORPO's odds ratio
 * @param maxGradNorm most that the gradient's global L2 norm may be; a longer one is shortened to it; 0 for no limit
 * @param earlyStoppingPatience validations in a row that may bring no better loss before the run ends; 0 for never
 * @param earlyStoppingMinDelta how much lower than the best a validation loss must be to count as better
 * @param keepCheckpoints how many of the newest checkpoints are kept; 0 for all
 * @param lossScale factor on the loss while gradients are taken
 * @param loraplusLrRatio factor on the learning rate of every {@code lora_b} (Hayou et al., LoRA+, 2024); 1 for none
 * @param autoBatch whether a batch that does not fit into memory is cut into parts that do, with their gradients added up
 *     before an update; the run then has as many more iterations
 * @param activationCache most bytes on disk, for the time of the run, for what layers below the first trained one give for
 *     its rows; 0 computes it anew in every epoch
 * @param processes processes that share the rows of each batch; {@code batchSize} is a multiple of it
 */
public record TrainSettings(
        FineTuneType fineTuneType,
        OptimizerSettings optimizer,
        LossMask lossMask,
        int numLayers,
        int batchSize,
        int iters,
        int valBatches,
        double learningRate,
        int stepsPerReport,
        int stepsPerEval,
        int gradAccumulationSteps,
        int saveEvery,
        int testBatches,
        int maxSeqLength,
        boolean gradCheckpoint,
        long clearCacheThreshold,
        Optional<ScheduleSettings> lrSchedule,
        LoraParameters loraParameters,
        long seed,
        TrainMode trainMode,
        double beta,
        double maxGradNorm,
        int earlyStoppingPatience,
        double earlyStoppingMinDelta,
        int keepCheckpoints,
        LossScale lossScale,
        double loraplusLrRatio,
        boolean autoBatch,
        long activationCache,
        int processes) {

    /** Whether only the last message or the completion of a row is learned. */
    public boolean maskPrompt() {
        return lossMask == LossMask.PROMPT;
    }

    /** The settings of mlx-lm when nothing is given. */
    public static TrainSettings defaults() {
        return fromMap(Map.of());
    }

    /**
     * Reads settings by mlx-lm's names in snake_case, as they stand in its YAML and in the body of {@code POST
     * /mlx/api/runs}; what is absent has mlx-lm's default.
     *
     * @throws IllegalArgumentException if a name is unknown, or a value has the wrong type or range; the message names
     *     the setting, its value and what would be right
     */
    public static TrainSettings fromMap(Map<String, ?> settings) {
        return SettingsReader.read(settings);
    }

    /** These settings by mlx-lm's names; {@link #fromMap} reads them back. */
    public Map<String, Object> toMap() {
        return SettingsWriter.write(this);
    }
}
