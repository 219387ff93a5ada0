package org.mlxspring.engine.worker;

import java.nio.file.Path;
import java.util.List;
import org.mlxspring.engine.adapter.CheckReport;
import org.mlxspring.engine.evaluate.Evaluation;
import org.mlxspring.engine.train.TrainEvent;

/**
 * What a worker says; one JSON line each on its standard output. No text of a row is ever part of one,
 * save the names of JSON fields that many of the expected answers have.
 */
public sealed interface WorkerMessage {

    /**
     * The worker runs and has read its task.
     *
     * @param pid process id
     * @param mlxVersion version of the MLX library it loaded
     * @param device {@code cpu} or {@code gpu}
     */
    record Ready(long pid, String mlxVersion, String device) implements WorkerMessage {}

    /**
     * What a run trains on, so that it can be told later which files an adapter belongs to.
     *
     * @param hash SHA-256 of the base model's configuration and weights, in hexadecimal digits
     */
    record BaseModel(String hash) implements WorkerMessage {}

    record Training(TrainEvent event) implements WorkerMessage {}

    /**
     * How far an evaluation is.
     *
     * @param contender who is being judged
     * @param done rows judged
     * @param total rows to judge
     */
    record Evaluating(String contender, int done, int total) implements WorkerMessage {}

    record Evaluated(Evaluation evaluation) implements WorkerMessage {}

    /**
     * A fused model is complete and in its place.
     *
     * @param model its folder
     * @param files names of the files in it
     * @param checks how far it is from base and adapter; empty if there were no rows to check it with
     */
    record Fused(Path model, List<String> files, List<CheckReport> checks) implements WorkerMessage {}

    /**
     * The task failed; the last message of its worker.
     *
     * @param error what happened and what to do, one line for a person
     * @param userError whether the input or the settings are at fault rather than the engine
     */
    record Failed(String error, boolean userError) implements WorkerMessage {}

    /** The task is complete; the last message of its worker. */
    record Done() implements WorkerMessage {}
}
