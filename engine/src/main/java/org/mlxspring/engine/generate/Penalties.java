package org.mlxspring.engine.generate;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;

/**
 * Makes tokens that just occurred less likely, in the prompt as in the answer; as mlx-lm, before anything else is done
 * with the logits.
 *
 * @param repetition divides positive logits of such tokens and multiplies negative ones
 * @param presence is taken off their logits once
 * @param frequency is taken off their logits as often as they occurred
 */
public record Penalties(Optional<Penalty> repetition, Optional<Penalty> presence, Optional<Penalty> frequency) {

    /** No penalty. */
    public static final Penalties NONE = new Penalties(Optional.empty(), Optional.empty(), Optional.empty());

    /** How many of the last tokens count, where nothing else is said. */
    public static final int DEFAULT_CONTEXT = 20;

    public Penalties {
        repetition.ifPresent(penalty -> SamplerSettings.require(
                "repetition_penalty", penalty.strength(), penalty.strength() > 0, "above 0; 1 changes nothing"));
    }

    /**
     * One penalty.
     *
     * @param strength how strong it is
     * @param context how many of the last tokens count
     */
    public record Penalty(double strength, int context) {

        public Penalty {
            SamplerSettings.require("the context of a penalty", context, context >= 1, "at least 1 token");
        }
    }

    /** How many of the last tokens any of these looks at; 0 where there is none. */
    int context() {
        return Stream.of(repetition, presence, frequency)
                .flatMap(Optional::stream)
                .mapToInt(Penalty::context)
                .max()
                .orElse(0);
    }

    /**
     * @param logits [1, vocabulary]
     * @param tokens the last tokens, at least {@link #context()} of them where there are so many: int32 [count]
     * @return logits with the penalties
     */
    Array apply(Array logits, @Nullable Array tokens) {
        if (tokens == null) {
            return logits;
        }
        Array penalized = logits;
        if (repetition.isPresent()) {
            float strength = (float) repetition.get().strength();
            Array scaled = penalized
                    .less(Array.of(0f).astype(penalized.dtype()))
                    .where(penalized.multiply(strength), penalized.divide(strength));
            penalized = occurred(repetition.get(), tokens, penalized).where(scaled, penalized);
        }
        if (presence.isPresent()) {
            Array lower = penalized.add((float) -presence.get().strength());
            penalized = occurred(presence.get(), tokens, penalized).where(lower, penalized);
        }
        if (frequency.isPresent()) {
            Array times = times(frequency.get(), tokens, penalized).astype(penalized.dtype());
            penalized =
                    penalized.subtract(times.multiply((float) frequency.get().strength()));
        }
        return penalized;
    }

    private static Array occurred(Penalty penalty, Array tokens, Array logits) {
        return times(penalty, tokens, logits).greater(Array.of(0));
    }

    /** How often each token of the vocabulary is among the last ones: int32 [1, vocabulary]. */
    private static Array times(Penalty penalty, Array tokens, Array logits) {
        int count = tokens.dim(0);
        Array last = tokens.slice(0, Math.max(0, count - penalty.context()), count);
        Array vocabulary = Array.arange(0, logits.dim(-1), 1, DType.INT32).reshape(1, -1);
        return last.reshape(-1, 1).equalTo(vocabulary).astype(DType.INT32).sum(0, true);
    }
}
