package org.mlxspring.engine.adapter;

import java.util.List;
import java.util.Optional;

/**
 * The {@code lora_parameters} of a run, named and defaulted as in mlx-lm.
 *
 * @param rank inner dimension of the two matrices, at least 1
 * @param scale factor on the adapter's output
 * @param dropout probability of dropping an input of the adapter while training, in [0, 1)
 * @param keys module paths inside a layer that receive an adapter ({@code self_attn.q_proj}); empty means every linear
 *     and embedding module
 * @param useRslora whether the scale is divided by the square root of the rank (Kalajdzievski, 2023), so that one scale
 *     suits every rank
 */
public record LoraParameters(int rank, double scale, double dropout, Optional<List<String>> keys, boolean useRslora) {

    public static final LoraParameters DEFAULT = new LoraParameters(8, 20.0, 0.0, Optional.empty(), false);

    public LoraParameters {
        if (rank < 1) {
            throw new IllegalArgumentException("lora_parameters.rank is " + rank + "; it must be at least 1.");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "lora_parameters.dropout is " + dropout + "; it must be at least 0 and below 1.");
        }
        keys = keys.map(List::copyOf);
    }

    /** The factor on the adapter's output, as mlx-lm names it: {@link #scale}, or {@code scale / sqrt(rank)}. */
    public double effectiveScale() {
        return useRslora ? scale / Math.sqrt(rank) : scale;
    }

    /** The same adapter described by settings that mlx-lm has: the {@link #effectiveScale} as its scale. */
    public LoraParameters withEffectiveScale() {
        return new LoraParameters(rank, effectiveScale(), dropout, keys, false);
    }
}
