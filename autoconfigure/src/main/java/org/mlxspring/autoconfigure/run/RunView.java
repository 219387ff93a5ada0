package org.mlxspring.autoconfigure.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as REST and Java callers see it.
 *
 * @param id its id
 * @param job {@code pipeline}, {@code prepare}, {@code train}, {@code evaluate} or {@code fuse}
 * @param model name of the base model
 * @param dataset name of the dataset
 * @param datasetVersion version of the dataset
 * @param state where it is
 * @param reason why it failed or stopped; null otherwise
 * @param settings all training settings, named as in {@code lora}'s YAML
 * @param iteration last iteration reported
 * @param iterations iterations of the whole run
 * @param createdAt when it was asked for
 * @param startedAt when an instance first took it up
 * @param endedAt when it ended
 * @param startedBy who asked for it
 * @param schedule the schedule that asked for it; null otherwise
 * @param decision what the gate decided; null before
 * @param decisionReason the numbers behind the decision
 * @param scores the comparison; empty before
 * @param fusedModel folder of the fused model; null where there is none
 * @param reference how far the reference of {@code train_mode: dpo} is; null for other runs
 * @param best the validation whose weights the adapter has; null where it has those of the last iteration
 * @param checks how far the fused model is from base and adapter; empty before, and where there were no rows
 */
public record RunView(
        String id,
        String job,
        String model,
        String dataset,
        int datasetVersion,
        RunState state,
        @Nullable String reason,
        Map<String, Object> settings,
        int iteration,
        int iterations,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String startedBy,
        @Nullable String schedule,
        @Nullable Decision decision,
        @Nullable String decisionReason,
        List<RunScore> scores,
        @Nullable String fusedModel,
        @Nullable RunReference reference,
        @Nullable RunBest best,
        List<RunCheck> checks) {}
