package org.mlxspring.engine.worker;

import java.nio.file.Path;
import org.mlxspring.engine.adapter.FuseSpec;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.evaluate.EvaluateSpec;
import org.mlxspring.engine.train.TrainMode;
import org.mlxspring.engine.train.TrainSpec;

/** What a worker is started for; one task per worker. Written as JSON to the worker's standard input. */
public sealed interface WorkerTask {

    /**
     * Tokenizes the splits of a data folder into token stores.
     *
     * @param model folder whose tokenizer is used
     * @param data folder with {@code train.jsonl} and, optionally, {@code valid.jsonl} and {@code test.jsonl}
     * @param tokens folder that receives one store per split; splits already stored for the same content are kept
     * @param lossMask which tokens of a row will be learned
     * @param trainMode what will be learned from: rows, or preferences
     */
    record Prepare(Path model, Path data, Path tokens, LossMask lossMask, TrainMode trainMode) implements WorkerTask {}

    record Train(TrainSpec spec) implements WorkerTask {}

    record Evaluate(EvaluateSpec spec) implements WorkerTask {}

    record Fuse(FuseSpec spec) implements WorkerTask {}
}
