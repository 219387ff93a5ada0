package org.mlxspring.engine.generate;

import java.util.Set;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.RandomState;

/**
 * "Exclude top choices", as mlx-lm has it: with some probability, of all tokens that are likely enough only the least
 * likely stays, so that the text leaves the trodden path.
 *
 * @param probability how often that happens, for each token
 * @param threshold least probability of a likely token, at most 0.5
 * @param kept tokens that are never left out, such as the new line and those that end a text
 */
public record Xtc(double probability, double threshold, Set<Integer> kept) {

    public Xtc {
        SamplerSettings.require(
                "xtc_probability", probability, probability >= 0 && probability <= 1, "between 0 and 1");
        SamplerSettings.require("xtc_threshold", threshold, threshold >= 0 && threshold <= 0.5, "between 0 and 0.5");
        kept = Set.copyOf(kept);
    }

    /** Scores [batch, vocabulary] with what is left out at minus infinity. One draw for the batch. */
    Array apply(Array scores, RandomState random) {
        Array probabilities = scores.softmax(-1);
        Array unlikely = Array.of(Float.POSITIVE_INFINITY).astype(probabilities.dtype());
        Array likely = probabilities.greater(Array.of((float) threshold).astype(probabilities.dtype()));
        // The least of the likely ones.
        Array least =
                likely.where(probabilities, unlikely).negative().max(-1, true).negative();
        Array left = probabilities.greater(least);
        if (!kept.isEmpty()) {
            int size = scores.dim(-1);
            int[] stays = new int[size];
            kept.stream().filter(token -> token < size).forEach(token -> stays[token] = 1);
            left = left.and(Array.of(stays, size).equalTo(Array.of(0)));
        }
        Array skipped = random.uniform(0, 1).greater(Array.of((float) probability));
        Array never = Array.of(Float.NEGATIVE_INFINITY).astype(scores.dtype());
        return skipped.where(scores, left.where(never, scores));
    }
}
