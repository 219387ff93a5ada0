package org.mlxspring.engine.generate;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.RandomState;

/**
 * Chooses next tokens from logits. Filters apply in the order of mlx-lm: top-p, min-p, xtc, top-k, then temperature. The
 * draws are those that mlx-lm makes after {@code mx.random.seed}.
 */
final class Sampler {

    private final SamplerSettings settings;
    private final RandomState random;

    Sampler(SamplerSettings settings) {
        this.settings = settings;
        this.random = RandomState.seed(settings.seed());
    }

    /**
     * @param logits [batch, vocabulary]
     * @return token ids [batch]
     */
    Array choose(Array logits) {
        if (settings.temperature() == 0) {
            return logits.argmax(-1);
        }
        Array scores = logits.subtract(logits.logSumExp(-1).expandDims(-1));
        if (settings.topP() > 0 && settings.topP() < 1) {
            scores = topP(scores);
        }
        if (settings.minP() > 0) {
            scores = minP(scores);
        }
        if (settings.xtc().isPresent()) {
            scores = settings.xtc().get().apply(scores, random);
        }
        if (settings.topK() > 0 && settings.topK() < scores.dim(-1)) {
            int size = scores.dim(-1);
            Array others =
                    scores.negative().argpartition(settings.topK() - 1, -1).slice(-1, settings.topK(), size);
            scores = scores.putAlong(others, never(scores), -1);
        }
        return random.categorical(scores.multiply((float) (1 / settings.temperature())));
    }

    /** Keeps a token while the more likely ones have less than top-p of the whole probability. */
    private Array topP(Array scores) {
        Array sorted = scores.sort(-1);
        Array probabilities = sorted.astype(DType.FLOAT32).exp();
        Array above = probabilities.sumOfLater(-1);
        Array whole = above.slice(-1, 0, 1).add(probabilities.slice(-1, 0, 1));
        Array dropped = above.greaterEqual(whole.multiply((float) settings.topP()))
                .astype(DType.INT32)
                .sum(-1, true);
        return scores.less(sorted.takeAlong(dropped, -1)).where(never(scores), scores);
    }

    private Array minP(Array scores) {
        Array low = scores.less(scores.max(-1, true).add((float) Math.log(settings.minP())));
        int kept = Math.min(settings.minTokensToKeep(), scores.dim(-1));
        if (kept > 1) {
            int size = scores.dim(-1);
            Array likely = scores.argpartition(size - kept, -1).slice(-1, size - kept, size);
            low = low.putAlong(likely, Array.zeros(DType.BOOL), -1);
        }
        return low.where(never(scores), scores);
    }

    private static Array never(Array scores) {
        return Array.of(Float.NEGATIVE_INFINITY).astype(scores.dtype());
    }
}
