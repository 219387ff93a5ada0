package org.mlxspring.engine.array;

import org.mlxspring.engine.ffi.Calls;
import org.mlxspring.engine.ffi.MlxC;

/**
 * A sequence of random keys, the same as {@code mlx.core.random} draws from a seed: each draw splits the key, keeps the
 * first half and uses the second. It has a scope-independent state of two numbers, so it can be saved.
 */
public final class RandomState {

    private int[] key;

    private RandomState(int[] key) {
        this.key = key;
    }

    public static RandomState seed(long seed) {
        try (Scope scope = Scope.open()) {
            return new RandomState(Array.adopt(Calls.key(seed)).toInts());
        }
    }

    /**
     * @param key what {@link #save} gave
     */
    public static RandomState restore(int[] key) {
        if (key.length != 2) {
            throw new IllegalArgumentException("A random key has two numbers, not " + key.length);
        }
        return new RandomState(key.clone());
    }

    public int[] save() {
        return key.clone();
    }

    /** The next key [2] uint32, in the current scope. */
    public Array next() {
        try (Scope scope = Scope.open()) {
            long[] pair = Calls.pair(MlxC.RANDOM_SPLIT, Array.ofUnsigned(key, 2).handle(), Mlx.stream());
            Array rest = Array.adopt(pair[0]);
            Array drawn = Array.adopt(pair[1]);
            Mlx.eval(rest, drawn);
            key = rest.toInts();
            return scope.keep(drawn);
        }
    }

    /** float32 values in [low, high). */
    public Array uniform(float low, float high, int... shape) {
        return Array.adopt(Calls.random(
                MlxC.RANDOM_UNIFORM,
                Array.of(low).handle(),
                Array.of(high).handle(),
                shape,
                DType.FLOAT32.ordinal(),
                next().handle(),
                Mlx.stream()));
    }

    /** float32 values of a normal distribution. */
    public Array normal(float mean, float deviation, int... shape) {
        return Array.adopt(
                Calls.normal(shape, DType.FLOAT32.ordinal(), mean, deviation, next().handle(), Mlx.stream()));
    }

    /** Index of the last axis drawn with the probabilities {@code softmax(logits)}. */
    public Array categorical(Array logits) {
        return Array.adopt(Calls.categorical(logits.handle(), -1, next().handle(), Mlx.stream()));
    }

    /** true with probability {@code p}, drawn with a key. */
    public static Array bernoulli(float p, Array key, int... shape) {
        return Array.adopt(Calls.bernoulli(Array.of(p).handle(), shape, key.handle(), Mlx.stream()));
    }

    /** Splits a key [2] into two. */
    public static Array[] split(Array key) {
        long[] pair = Calls.pair(MlxC.RANDOM_SPLIT, key.handle(), Mlx.stream());
        return new Array[] {Array.adopt(pair[0]), Array.adopt(pair[1])};
    }
}
