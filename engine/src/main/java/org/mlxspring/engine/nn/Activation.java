package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast;
import org.mlxspring.engine.array.Fast.Gating;

/** Functions between the projections of an MLP, by the names of Hugging Face's {@code hidden_act}. */
public enum Activation {
    /** {@code x sigmoid(x)}. */
    SILU(Gating.SILU) {
        @Override
        public Array apply(Array x) {
            return x.multiply(x.sigmoid());
        }
    },
    /** {@code x Phi(x)}, with the distribution function Phi of the normal distribution. */
    GELU(Gating.GELU) {
        @Override
        public Array apply(Array x) {
            Array scaled = isWide(x) ? x.multiply(1 / SQRT_2) : x.divide(SQRT_2);
            return x.multiply(0.5f).multiply(scaled.erf().add(1));
        }
    },
    /** GELU by a hyperbolic tangent. */
    GELU_TANH(Gating.GELU_TANH) {
        @Override
        public Array apply(Array x) {
            Array cube =
                    isWide(x) ? x.multiply(x).multiply(x) : x.power(Array.of(3f).astype(x.dtype()));
            Array inner = x.add(cube.multiply(0.044715f)).multiply(SQRT_2_OVER_PI);
            return x.multiply(0.5f).multiply(inner.tanh().add(1));
        }
    },
    /** {@code max(x, 0)}. */
    RELU() {
        @Override
        public Array apply(Array x) {
            return x.maximum(Array.zeros(x.dtype()));
        }
    };

    private static final float SQRT_2 = (float) Math.sqrt(2);
    private static final float SQRT_2_OVER_PI = (float) Math.sqrt(2 / Math.PI);

    private final Optional<Gating> gating;

    Activation(Gating gating) {
        this.gating = Optional.of(gating);
    }

    Activation() {
        this.gating = Optional.empty();
    }

    /** The function of {@code gate}, times {@code up}. */
    Array gated(Array gate, Array up) {
        return gating.flatMap(each -> Fast.gated(each, gate, up))
                .orElseGet(() -> apply(gate).multiply(up));
    }

    /** As {@link #gated(Array, Array)}, of the first and the second half of the last axis. */
    Array gated(Array both) {
        int width = both.dim(-1) / 2;
        return gating.flatMap(each -> Fast.gated(each, both))
                .orElseGet(() -> apply(both.slice(-1, 0, width)).multiply(both.slice(-1, width, 2 * width)));
    }

    /** The function of each element. */
    public abstract Array apply(Array x);

    /** Types of 16 bits round so coarsely that the steps have to be those of mlx-lm; others take the quicker ones. */
    private static boolean isWide(Array x) {
        return x.dtype() == DType.FLOAT32;
    }
}
