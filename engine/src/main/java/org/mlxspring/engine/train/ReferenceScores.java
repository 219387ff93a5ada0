package org.mlxspring.engine.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.TokenizedRows;
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
     * Computes what is missing for some rows, until it is asked to stop.
     *
     * @param model as it stands before training, with dropout off
     * @param afterEachBatch receives the number of rows that are known since the call before
     * @return whether anything was computed
     */
    boolean complete(
            LanguageModel model,
            TokenizedRows rows,
            int batchSize,
            int maxSeqLength,
            BooleanSupplier stopRequested,
            IntConsumer afterEachBatch) {
        boolean computed = false;
        BatchIterator batches = BatchIterator.evaluation(rows, batchSize, maxSeqLength, new NumpyRandom(0), -1);
        while (batches.hasNext() && !stopRequested.getAsBoolean()) {
            Batch batch = batches.next();
            List<String> keys = keys(batch);
            if (scores.keySet().containsAll(keys)) {
                afterEachBatch.accept(keys.size());
                continue;
            }
            try (Scope scope = Scope.open()) {
                Array sums = AnswerScores.of(model, BatchArrays.of(batch), AnswerScores.owners(batch));
                float[] values = sums.toFloats();
                for (int row = 0; row < values.length; row++) {
                    scores.putIfAbsent(keys.get(row), values[row]);
                }
            }
            computed = true;
            afterEachBatch.accept(keys.size());
        }
        return computed;
    }

    /**
     * The number of each row of a batch.
     *
     * @throws IllegalStateException if one was never computed
     */
    float[] of(Batch batch) {
        List<String> keys = keys(batch);
        float[] found = new float[keys.size()];
        for (int row = 0; row < found.length; row++) {
            Float score = scores.get(keys.get(row));
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
        int length = batch.lengths()[row];
        int[] targets = batch.targets()[row];
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (1 + length + targets.length))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length);
        for (int i = 0; i < length; i++) {
            bytes.putInt(batch.tokens()[row * batch.width() + i]);
        }
        for (int place : targets) {
            bytes.putInt(place);
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
