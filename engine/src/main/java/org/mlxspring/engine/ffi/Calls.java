package org.mlxspring.engine.ffi;

import static org.mlxspring.engine.ffi.Slots.RESULT;
import static org.mlxspring.engine.ffi.Slots.failure;
import static org.mlxspring.engine.ffi.Slots.ints;
import static org.mlxspring.engine.ffi.Slots.result;

import java.lang.invoke.MethodHandle;

/**
 * Invokes the operations of {@link MlxC} that give arrays, one method per shape of signature; the letters of a method's
 * name are the parameters between result and stream: {@code a} an array, {@code i} an int, {@code f} a float, {@code z} a
 * bool, {@code n} ints with their count. Handles are plain addresses; 0 is MLX's empty handle.
 */
public final class Calls {

    private Calls() {}

    public static long a(MethodHandle f, long a, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aa(MethodHandle f, long a, long b, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aaa(MethodHandle f, long a, long b, long c, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, c, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aaaff(MethodHandle f, long a, long b, long c, float x, float y, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, c, x, y, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long ai(MethodHandle f, long a, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aii(MethodHandle f, long a, int i, int j, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, i, j, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long az(MethodHandle f, long a, boolean z, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, z, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aiz(MethodHandle f, long a, int i, boolean z, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, i, z, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aai(MethodHandle f, long a, long b, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long aaai(MethodHandle f, long a, long b, long c, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, b, c, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long an(MethodHandle f, long a, int[] n, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, ints(n, 0), (long) n.length, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long ani(MethodHandle f, long a, int[] n, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, a, ints(n, 0), (long) n.length, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long ni(MethodHandle f, int[] n, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, ints(n, 0), (long) n.length, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long nai(MethodHandle f, int[] n, long a, int i, long stream) {
        try {
            return result((int) f.invokeExact(RESULT, ints(n, 0), (long) n.length, a, i, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Slices: start, stop and strides. */
    public static long annn(MethodHandle f, long a, int[] x, int[] y, int[] z, long stream) {
        try {
            return result((int) f.invokeExact(
                    RESULT,
                    a,
                    ints(x, 0),
                    (long) x.length,
                    ints(y, 1),
                    (long) y.length,
                    ints(z, 2),
                    (long) z.length,
                    stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Slice updates: source, update, start, stop and strides. */
    public static long aannn(MethodHandle f, long a, long b, int[] x, int[] y, int[] z, long stream) {
        try {
            return result((int) f.invokeExact(
                    RESULT,
                    a,
                    b,
                    ints(x, 0),
                    (long) x.length,
                    ints(y, 1),
                    (long) y.length,
                    ints(z, 2),
                    (long) z.length,
                    stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long arange(double start, double stop, double step, int dtype, long stream) {
        try {
            return result((int) MlxC.ARANGE.invokeExact(RESULT, start, stop, step, dtype, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long cumsum(long a, int axis, boolean reverse, boolean inclusive, long stream) {
        try {
            return result((int) MlxC.CUMSUM_AXIS.invokeExact(RESULT, a, axis, reverse, inclusive, 0L, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long rmsNorm(long x, long weight, float eps, long stream) {
        try {
            return result((int) MlxC.FAST_RMS_NORM.invokeExact(RESULT, x, weight, eps, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Rotary embedding; {@code base} is a packed optional, see {@link #optional(float)}. */
    public static long rope(
            long x, int dims, boolean traditional, long base, float scale, int offset, long freqs, long stream) {
        try {
            return result(
                    (int) MlxC.FAST_ROPE.invokeExact(RESULT, x, dims, traditional, base, scale, offset, freqs, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long attention(long q, long k, long v, float scale, long mode, long mask, long sinks, long stream) {
        try {
            return result((int) MlxC.FAST_SCALED_DOT_PRODUCT_ATTENTION.invokeExact(
                    RESULT, q, k, v, scale, mode, mask, sinks, false, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long layerNorm(long x, long weight, long bias, float eps, long stream) {
        try {
            return result((int) MlxC.FAST_LAYER_NORM.invokeExact(RESULT, x, weight, bias, eps, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long gatherMm(long a, long b, long indices, boolean sorted, long stream) {
        try {
            return result((int) MlxC.GATHER_MM.invokeExact(RESULT, a, b, 0L, indices, sorted, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long random(MethodHandle f, long low, long high, int[] shape, int dtype, long key, long stream) {
        try {
            return result(
                    (int) f.invokeExact(RESULT, low, high, ints(shape, 0), (long) shape.length, dtype, key, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long normal(int[] shape, int dtype, float loc, float scale, long key, long stream) {
        try {
            return result((int) MlxC.RANDOM_NORMAL.invokeExact(
                    RESULT, ints(shape, 0), (long) shape.length, dtype, loc, scale, key, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long bernoulli(long p, int[] shape, long key, long stream) {
        try {
            return result((int)
                    MlxC.RANDOM_BERNOULLI.invokeExact(RESULT, p, ints(shape, 0), (long) shape.length, key, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long categorical(long logits, int axis, long key, long stream) {
        try {
            return result((int) MlxC.RANDOM_CATEGORICAL.invokeExact(RESULT, logits, axis, key, stream));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    public static long key(long seed) {
        try {
            return result((int) MlxC.RANDOM_KEY.invokeExact(RESULT, seed));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** A function with two array results. */
    public static long[] pair(MethodHandle f, long a, long stream) {
        try {
            int status = (int) f.invokeExact(RESULT, RESULT + 8, a, stream);
            long second = Slots.second();
            return new long[] {result(status), second};
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** {@code mlx_optional_int} or {@code mlx_optional_dtype} with a value, as the eight bytes it is passed in. */
    public static long optional(int value) {
        return value & 0xFFFFFFFFL | 1L << 32;
    }

    /** {@code mlx_optional_float} with a value, as the eight bytes it is passed in. */
    public static long optional(float value) {
        return Float.floatToRawIntBits(value) & 0xFFFFFFFFL | 1L << 32;
    }
}
