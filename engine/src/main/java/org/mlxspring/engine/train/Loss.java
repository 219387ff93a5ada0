package org.mlxspring.engine.train;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.model.LanguageModel;

/** Cross-entropy of next tokens, over real targets only. */
public final class Loss {

    private Loss() {}

    /**
     * Sum of the cross-entropy of the targets that count, float32 scalar.
     *
     * @param inputs int32 [rows, length]
     * @param targets int32 [rows, length]
     * @param mask float32 [rows, length], one where a target counts
     */
    public static Array sum(LanguageModel model, Array inputs, Array targets, Array mask) {
        Array logits = model.logits(inputs);
        Array chosen = logits.takeAlong(targets.expandDims(-1), -1).squeeze(-1);
        Array entropy = logits.logSumExp(-1).subtract(chosen).astype(DType.FLOAT32);
        return entropy.multiply(mask).sum();
    }

    /**
     * Mean cross-entropy per target over all batches of an iterator.
     *
     * @param model with dropout off
     */
    public static double over(LanguageModel model, BatchIterator batches, Runnable afterEachBatch) {
        double sum = 0;
        long tokens = 0;
        while (batches.hasNext()) {
            try (Scope scope = Scope.open()) {
                BatchArrays batch = BatchArrays.of(batches.next());
                sum += sum(model, batch.inputs(), batch.targets(), batch.mask()).item();
                tokens += batch.tokens();
            }
            afterEachBatch.run();
        }
        return tokens == 0 ? 0 : sum / tokens;
    }
}
