package org.mlxspring.engine.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.model.LanguageModel;

/**
 * Perplexity as {@code mlx_lm.perplexity} defines it: rows in random order, joined to one stream of tokens, cut into
 * sequences of one length; every token of a sequence but its first counts, and a row's beginning is predicted from the row
 * before it.
 *
 * @param sequences sequences that were judged
 * @param tokens tokens in them
 * @param loss mean cross-entropy
 * @param value {@code exp(loss)}
 * @param standardError of {@code value}: it times the standard error of the loss
 */
public record Perplexity(int sequences, int tokens, double loss, double value, double standardError) {

    /**
     * What is judged.
     *
     * @param sequenceLength tokens of a sequence, at least 2
     * @param samples most sequences; -1 for all that the rows make
     * @param batchSize sequences computed at once
     * @param seed of the order of the rows, as of {@code numpy.random.seed}
     */
    public record Settings(int sequenceLength, int samples, int batchSize, long seed) {

        public Settings {
            require("sequence length", sequenceLength, sequenceLength >= 2, "at least 2");
            require("number of samples", samples, samples >= 1 || samples == -1, "at least 1, or -1 for all");
            require("batch size", batchSize, batchSize >= 1, "at least 1");
        }

        private static void require(String name, int value, boolean fits, String wanted) {
            if (!fits) {
                throw new IllegalArgumentException(name + " is " + value + "; it must be " + wanted + ".");
            }
        }
    }

    /**
     * Judges a model, on the thread that owns MLX.
     *
     * @param afterEachBatch told how many sequences are judged
     * @throws IllegalArgumentException if the rows do not make one sequence
     */
    public static Perplexity of(
            LanguageModel model, TokenizedRows rows, Settings settings, IntConsumer afterEachBatch) {
        List<int[]> sequences = sequences(rows, settings);
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (int at = 0; at < sequences.size(); at += settings.batchSize()) {
            List<int[]> batch = sequences.subList(at, Math.min(sequences.size(), at + settings.batchSize()));
            for (float loss : losses(model, batch, settings.sequenceLength())) {
                count++;
                double delta = loss - sum / Math.max(1, count - 1);
                sum += loss;
                // Welford's update of the sum of squared distances from the mean.
                squares += count == 1 ? 0 : delta * (loss - sum / count);
            }
            afterEachBatch.accept(at + batch.size());
        }
        double mean = sum / count;
        double perplexity = Math.exp(mean);
        double error = count < 2 ? 0 : Math.sqrt(squares / (count - 1) / count);
        return new Perplexity(
                sequences.size(), sequences.size() * settings.sequenceLength(), mean, perplexity, perplexity * error);
    }

    private static List<int[]> sequences(TokenizedRows rows, Settings settings) {
        int length = settings.sequenceLength();
        List<int[]> sequences = new ArrayList<>();
        int[] open = new int[length];
        int filled = 0;
        long seen = 0;
        for (int row : new NumpyRandom(settings.seed()).permutation(rows.size())) {
            int[] tokens = rows.get(row).tokens();
            seen += tokens.length;
            for (int from = 0; from < tokens.length; ) {
                int taken = Math.min(tokens.length - from, length - filled);
                System.arraycopy(tokens, from, open, filled, taken);
                from += taken;
                filled += taken;
                if (filled == length) {
                    sequences.add(open.clone());
                    filled = 0;
                }
                if (sequences.size() == settings.samples()) {
                    return sequences;
                }
            }
        }
        if (sequences.isEmpty()) {
            throw new IllegalArgumentException("The rows have " + seen + " tokens, fewer than one sequence of " + length
                    + "; give a smaller --sequence-length, or more rows.");
        }
        return sequences;
    }

    /** Cross-entropy of every token but the first, sequence after sequence. */
    private static float[] losses(LanguageModel model, List<int[]> batch, int length) {
        float[] losses = new float[batch.size() * (length - 1)];
        try (Scope scope = Scope.open()) {
            int[] joined = batch.stream().flatMapToInt(Arrays::stream).toArray();
            Array tokens = Array.of(joined, batch.size(), length);
            Array features = model.features(tokens.slice(1, 0, length - 1));
            for (int i = 0; i < batch.size(); i++) {
                // One sequence at a time: scores over a vocabulary are larger than anything else here.
                try (Scope sequence = Scope.open()) {
                    Array logits = model.project(features.slice(0, i, i + 1)).astype(DType.FLOAT32);
                    Array targets =
                            tokens.slice(0, i, i + 1).slice(1, 1, length).expandDims(-1);
                    Array scores = logits.takeAlong(targets, -1).squeeze(-1);
                    float[] row = logits.logSumExp(-1).subtract(scores).toFloats();
                    System.arraycopy(row, 0, losses, i * row.length, row.length);
                }
            }
        }
        return losses;
    }
}
