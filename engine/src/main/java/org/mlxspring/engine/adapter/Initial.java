package org.mlxspring.engine.adapter;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.nn.Parameter;

/** The values that adapters begin with. Draws the random numbers that mlx-lm draws. */
final class Initial {

    private Initial() {}

    /**
     * Uniform numbers in ±1/sqrt(fan). mlx-lm draws one array more before them, for a layer that it makes and throws away.
     */
    static Parameter uniform(RandomState random, int fan, int... shape) {
        random.next().close();
        float bound = (float) (1 / Math.sqrt(fan));
        return new Parameter(random.uniform(-bound, bound, shape));
    }

    static Parameter zeros(int... shape) {
        return new Parameter(Array.zeros(DType.FLOAT32, shape));
    }
}
