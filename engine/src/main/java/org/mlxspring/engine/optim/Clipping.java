package org.mlxspring.engine.optim;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;

/**
 * Gradients scaled down so that their global norm is at most a limit, with the formula of {@code
 * mlx.optimizers.clip_grad_norm}. Nothing is computed until it is asked for.
 *
 * @param norm the norm before clipping, a float32 scalar
 * @param gradients the gradients, of their former types
 */
public record Clipping(Array norm, List<Array> gradients) {

    /**
     * Clips gradients.
     *
     * @param maxNorm the limit, above 0
     */
    public static Clipping toNorm(double maxNorm, List<Array> gradients) {
        if (!(maxNorm > 0)) {
            throw new IllegalArgumentException("max_grad_norm is '" + maxNorm + "'; to clip, it must be above 0.");
        }
        Array norm = norm(gradients);
        Array factor = Array.of((float) maxNorm).divide(norm.add(1e-6f)).minimum(Array.of(1f));
        return new Clipping(
                norm,
                gradients.stream()
                        .map(gradient -> gradient.multiply(factor.astype(gradient.dtype())))
                        .toList());
    }

    /**
     * The square root of the sum of all squares, a float32 scalar. It is added up in float32 whatever the gradients' type,
     * since a sum of squares of float16 overflows at a norm of 256; {@code clip_grad_norm} adds up in their own type.
     */
    public static Array norm(List<Array> gradients) {
        return Fast.sumOfSquares(gradients).sqrt();
    }
}
