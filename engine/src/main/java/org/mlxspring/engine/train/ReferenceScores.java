package org.mlxspring.engine.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.distributed.Group;
import org.mlxspring.engine.model.LanguageModel;

/**
 * Log-probabilities that the model before training gives to answers. An answer is found again by its row's tokens and
 * targets, so that rows that changed, or that another tokenizer or template made, never get an old number.
 */
final class ReferenceScores {

    private final Map<String, Float> scores = new TreeMap<>();

    ReferenceScores() {}

    ReferenceScores(Map<String, Float> known) {
        scores.putAll(known);
    }

    /** The numbers, by the hash of their row. */
    Map<String, Float> byRow() {
        return scores;
    }

    /**
     * Computes what is missing for some rows, until it is asked to stop. The processes of a group share the work and have
     * all numbers in the end.
     *
     * @param model as it stands before training, with dropout off
     * @param afterEachBatch receives the number of rows that are known since the call before
     * @return whether anything was computed
     */
    boolean complete(
            LanguageModel model,
            Group group,
            TokenizedRows rows,
            int batchSize,
            int maxSeqLength,
            BooleanSupplier stopRequested,
            IntConsumer afterEachBatch) {
        boolean computed = false;
        BatchIterator batches = BatchIterator.evaluation(rows, batchSize, maxSeqLength, new NumpyRandom(0), -1);
        while (batches.hasNext() && !group.any(stopRequested.getAsBoolean())) {
            Batch batch = batches.next();
            List<String> keys = keys(batch);
            if (!group.any(!scores.keySet().containsAll(keys))) {
                afterEachBatch.accept(keys.size());
                continue;
            }
            double[] values = group.sum(share(model, group, batch));
            for (int row = 0; row < values.length; row++) {
                scores.putIfAbsent(keys.get(row), (float) values[row]);
            }
            computed = true;
            afterEachBatch.accept(keys.size());
        }
        return computed;
    }

    /** The numbers of the rows that this process takes, and zeros for the others. */
    private static double[] share(LanguageModel model, Group group, Batch batch) {
        double[] values = new double[batch.rows()];
        int[] taken = batch.rowsOf(group.rank(), group.size());
        if (taken.length > 0) {
            try (Scope scope = Scope.open()) {
                Batch share = batch.share(group.rank(), group.size());
                float[] scores = AnswerScores.of(
                                model, BatchArrays.of(share), AnswerScores.owners(share), TokenLosses.JUDGED)
                        .toFloats();
                for (int i = 0; i < taken.length; i++) {
                    values[taken[i]] = scores[i];
                }
            }
        }
        return values;
    }

    /**
     * The number of each row of a batch; 0 for one without targets.
     *
     * @throws IllegalStateException if one was never computed
     */
    float[] of(Batch batch) {
        float[] found = new float[batch.rows()];
        for (int row = 0; row < found.length; row++) {
            Float score = batch.targets()[row].length == 0 ? Float.valueOf(0) : scores.get(key(batch, row));
            if (score == null) {
                throw new IllegalStateException(
                        "the reference does not know row " + (batch.sources()[row] + 1) + " of this split");
            }
            found[row] = score;
        }
        return found;
    }

    private static List<String> keys(Batch batch) {
        return IntStream.range(0, batch.rows()).mapToObj(row -> key(batch, row)).toList();
    }

    private static String key(Batch batch, int row) {
        return RowHash.of(batch, row, batch.lengths()[row], batch.targets()[row]);
    }
}
