package org.mlxspring.engine.generate;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.RandomState;

/** Chooses next tokens from logits. Filters apply in the order of mlx-lm: top-p, min-p, top-k, then temperature. */
final class Sampler {

    private static final float NEVER = Float.NEGATIVE_INFINITY;

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
            Array least = scores.max(-1, true).add((float) Math.log(settings.minP()));
            scores = scores.less(least).where(Array.of(NEVER), scores);
        }
        if (settings.topK() > 0 && settings.topK() < scores.dim(-1)) {
            int size = scores.dim(-1);
            Array least = scores.sort(-1).slice(-1, size - settings.topK(), size - settings.topK() + 1);
            scores = scores.less(least).where(Array.of(NEVER), scores);
        }
        return random.categorical(scores.multiply((float) (1 / settings.temperature())));
    }

    /** Keeps the smallest set of most likely tokens whose probabilities add up to more than top-p. */
    private Array topP(Array scores) {
        Array ascending = scores.argsort(-1);
        Array cumulative = scores.exp().takeAlong(ascending, -1).cumsum(-1);
        Array places = ascending.argsort(-1);
        Array below = cumulative.takeAlong(places, -1);
        Array kept = below.greater(Array.of((float) (1 - settings.topP())));
        return kept.where(scores, Array.of(NEVER));
    }
}
