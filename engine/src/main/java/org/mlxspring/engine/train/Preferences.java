package org.mlxspring.engine.train;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.data.Batch;

/**
 * What is common to objectives that compare a better with a worse answer.
 *
 * @param chosen float32 [pairs], one number for each better answer
 * @param rejected float32 [pairs], likewise for the worse answers
 */
record Preferences(Array chosen, Array rejected) {

    /** What is reported of a preference objective besides its loss, in the order of {@link #sums}. */
    static final List<String> METRICS = List.of("reward_chosen", "reward_rejected", "reward_margin", "reward_accuracy");

    /** Splits numbers of rows, float32 [2 * pairs], better answers at even places. */
    static Preferences of(Array rows) {
        Array pairs = rows.reshape(-1, 2);
        return new Preferences(
                pairs.slice(1, 0, 1).squeeze(1), pairs.slice(1, 1, 2).squeeze(1));
    }

    /** For each pair 1, or 0 where truncation left one of its answers without a token, so that they cannot be compared. */
    static float[] compared(Batch batch) {
        int[] lengths = AnswerScores.lengths(batch);
        float[] compared = new float[batch.rows() / 2];
        for (int pair = 0; pair < compared.length; pair++) {
            compared[pair] = lengths[2 * pair] > 0 && lengths[2 * pair + 1] > 0 ? 1 : 0;
        }
        return compared;
    }

    /** Number of pairs that are compared. */
    static double weight(float[] compared) {
        double weight = 0;
        for (float each : compared) {
            weight += each;
        }
        return weight;
    }

    /**
     * Sums over the pairs that are compared: the losses, and {@link #METRICS} of these numbers as rewards.
     *
     * @param losses float32 [pairs]
     * @param compared float32 [pairs], 1 or 0
     */
    List<Array> sums(Array losses, Array compared) {
        Array margin = chosen.subtract(rejected);
        return List.of(
                losses.multiply(compared).sum(),
                chosen.multiply(compared).sum(),
                rejected.multiply(compared).sum(),
                margin.multiply(compared).sum(),
                margin.greater(Array.of(0f)).multiply(compared).sum());
    }

    /**
     * {@code -log(sigmoid(x))} for each number, without overflow, and with the right gradient at 0, where a run that
     * begins at its reference stands.
     */
    static Array logistic(Array x) {
        return Array.stack(-1, List.of(x.multiply(0f), x.negative())).logSumExp(-1);
    }
}
