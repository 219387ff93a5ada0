package org.mlxspring.engine.train;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.distributed.Group;
import org.mlxspring.engine.model.LanguageModel;

/** Cross-entropy of next tokens, over real targets only. */
public final class Loss {

    private Loss() {}

    /**
     * Sum of the cross-entropy at some places, float32 scalar. Only there are token scores computed.
     *
     * @param inputs int32 [rows, length]
     * @param places int32 [count], places in the flattened inputs
     * @param targets int32 [count], the token that follows each
     */
    public static Array sum(LanguageModel model, Array inputs, Array places, Array targets) {
        Array features = model.features(inputs);
        Array chosen = features.reshape(-1, features.dim(-1)).take(places, 0);
        Array logits = model.project(chosen);
        Array scores = logits.takeAlong(targets.expandDims(-1), -1).squeeze(-1);
        return logits.logSumExp(-1).subtract(scores).astype(DType.FLOAT32).sum();
    }

    /**
     * Mean cross-entropy per target over all batches of an iterator.
     *
     * @param model with dropout off
     */
    public static double over(LanguageModel model, BatchIterator batches, Runnable afterEachBatch) {
        return Judgement.of(new SupervisedObjective(model), Group.alone(), batches, afterEachBatch)
                .loss();
    }
}
