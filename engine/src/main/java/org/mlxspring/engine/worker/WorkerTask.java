package org.mlxspring.engine.worker;

import org.mlxspring.engine.adapter.FuseSpec;
import org.mlxspring.engine.evaluate.EvaluateSpec;
import org.mlxspring.engine.train.TrainSpec;

/** What a worker is started for; one task per worker. Written as JSON to the worker's standard input. */
public sealed interface WorkerTask {

    record Train(TrainSpec spec) implements WorkerTask {}

    record Evaluate(EvaluateSpec spec) implements WorkerTask {}

    record Fuse(FuseSpec spec) implements WorkerTask {}
}
