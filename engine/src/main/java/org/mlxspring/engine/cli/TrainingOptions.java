package org.mlxspring.engine.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of {@code mlx lora} for settings that mlx-lm does not have. */
final class TrainingOptions {

    @Option(
            names = "--loss-mask",
            paramLabel = "MASK",
            description = "What is learned: row, prompt (all but it, as --mask-prompt) or assistant (default: row).")
    private @Nullable String lossMask;

    @Option(
            names = "--train-mode",
            paramLabel = "MODE",
            description = "sft, or dpo or orpo on rows with a chosen and a rejected answer (default: sft).")
    private @Nullable String trainMode;

    @Option(
            names = "--beta",
            paramLabel = "X",
            description = "Strength of the preference in dpo and orpo (default: 0.1).")
    private @Nullable Double beta;

    @Option(
            names = "--max-grad-norm",
            paramLabel = "X",
            description = "Shorten gradients to this global norm; 0 for never (default: 0).")
    private @Nullable Double maxGradNorm;

    @Option(
            names = "--early-stopping-patience",
            paramLabel = "N",
            description =
                    "End after N validations without a better loss, with the best weights; 0 for never (default: 0).")
    private @Nullable Integer earlyStoppingPatience;

    @Option(
            names = "--early-stopping-min-delta",
            paramLabel = "X",
            description = "How much lower a validation loss must be to count as better (default: 0).")
    private @Nullable Double earlyStoppingMinDelta;

    @Option(
            names = "--keep-checkpoints",
            paramLabel = "N",
            description = "Keep the last N checkpoints; 0 for all (default: 0). The best weights are kept besides.")
    private @Nullable Integer keepCheckpoints;

    @Option(
            names = "--loss-scale",
            paramLabel = "X",
            description = "Factor on the loss of a float16 model while gradients are taken, or 'dynamic' (default: 1).")
    private @Nullable String lossScale;

    @Option(
            names = "--auto-batch",
            description = "Cut a batch that does not fit into memory into parts that do; their gradients are added up.")
    private @Nullable Boolean autoBatch;

    @Option(
            names = "--activation-cache",
            paramLabel = "SIZE",
            description = "Most bytes on disk for what layers that are not trained give for the rows; 0 for none"
                    + " (default: 4GB).")
    private @Nullable String activationCache;

    @Option(
            names = "--loraplus-lr-ratio",
            paramLabel = "X",
            description = "Factor on the learning rate of every lora_b, as LoRA+ has it (default: 1).")
    private @Nullable Double loraplusLrRatio;

    @Option(
            names = "--processes",
            paramLabel = "N",
            description =
                    "Processes that share each batch, on this machine or on the hosts of --hostfile (default: 1).")
    private @Nullable Integer processes;
}
