package org.mlxspring.autoconfigure.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.train.TrainSettings;

/**
 * What the steps of the pipeline need to know of a run.
 *
 * @param id the run
 * @param job which part of the pipeline it goes through
 * @param model name of the base model
 * @param modelPath folder of the base model
 * @param dataset name of the dataset
 * @param datasetVersion number of the version whose rows are used
 * @param startedBy name of the user, or of the schedule, that asked for it
 * @param adapterRun the run whose folder holds the adapter; this run itself where it trains
 * @param settings how to train
 * @param scores the comparison; empty before
 * @param decision what the gate decided; empty before
 * @param decisionReason the numbers behind the decision; empty before
 */
public record RunPlan(
        String id,
        RunJob job,
        String model,
        Path modelPath,
        String dataset,
        int datasetVersion,
        String startedBy,
        String adapterRun,
        TrainSettings settings,
        List<RunScore> scores,
        Optional<Decision> decision,
        Optional<String> decisionReason) {

    public RunPlan {
        scores = List.copyOf(scores);
    }
}
