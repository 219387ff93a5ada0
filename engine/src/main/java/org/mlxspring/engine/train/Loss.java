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
     * Sum of the cross-entropy over the targets of a batch, float32 scalar. Only for them are token scores computed. Of a
     * batch without targets it means nothing.
     */
    static Array sum(LanguageModel model, BatchArrays rows, TokenLosses losses) {
        return losses.of(model, rows.features(model), rows.targets())
                .astype(DType.FLOAT32)
                .sum();
    }

    /**
     * Mean cross-entropy per target over all batches of an iterator.
     *
     * @param model with dropout off
     */
    public static double over(LanguageModel model, BatchIterator batches, Runnable afterEachBatch) {
        return Judgement.of(new SupervisedObjective(model, BatchArrays::of), Group.alone(), batches, afterEachBatch)
                .loss();
    }
}
