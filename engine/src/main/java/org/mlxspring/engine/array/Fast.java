package org.mlxspring.engine.array;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mlxspring.engine.ffi.Calls;
import org.mlxspring.engine.ffi.KernelCalls;

/**
 * Operations in one pass: our own kernels on a CPU, where their library is there and the types are float32, else MLX's
 * ({@code mlx.fast}).
 */
public final class Fast {

    private static final long CAUSAL = Arena.global().allocateFrom("causal").address();
    private static final long ARRAY_MASK = Arena.global().allocateFrom("array").address();
    private static final long NO_MASK = Arena.global().allocateFrom("").address();
    private static final int[] ONE_ROW = {};

    private Fast() {}

    /** {@code x / sqrt(mean(x^2) + eps) * weight} over the last axis. */
    public static Array rmsNorm(Array x, Array weight, float eps) {
        return Array.adopt(
                Kernels.take(x, weight)
                        ? KernelCalls.rmsNorm(x.handle(), weight.handle(), eps, Mlx.stream())
                        : Calls.rmsNorm(x.handle(), weight.handle(), eps, Mlx.stream()));
    }

    /** {@code (x - mean(x)) / sqrt(var(x) + eps) * weight + bias} over the last axis. */
    public static Array layerNorm(Array x, Optional<Array> weight, Optional<Array> bias, float eps) {
        return Array.adopt(Calls.layerNorm(x.handle(), handle(weight), handle(bias), eps, Mlx.stream()));
    }

    /**
     * Rotary position embedding of the first {@code dims} features.
     *
     * @param x [..., length, features]
     * @param traditional whether neighbouring features are rotated together, rather than halves
     * @param base base of the angular frequencies
     * @param scale factor on positions
     * @param offset position of the first entry of the length axis
     */
    public static Array rope(Array x, int dims, boolean traditional, float base, float scale, int offset) {
        return Array.adopt(
                Kernels.takeHeads(x)
                        ? KernelCalls.rope(x.handle(), dims, traditional, base, scale, offset, 0, ONE_ROW, Mlx.stream())
                        : Calls.rope(
                                x.handle(), dims, traditional, Calls.optional(base), scale, offset, 0, Mlx.stream()));
    }

    /** As {@link #rope(Array, int, boolean, float, float, int)}, with wavelengths over 2 pi [dims / 2] for a base. */
    public static Array rope(Array x, int dims, boolean traditional, Array freqs, float scale, int offset) {
        return Array.adopt(
                Kernels.takeHeads(x)
                        ? KernelCalls.rope(
                                x.handle(), dims, traditional, 0, scale, offset, freqs.handle(), ONE_ROW, Mlx.stream())
                        : Calls.rope(x.handle(), dims, traditional, 0, scale, offset, freqs.handle(), Mlx.stream()));
    }

    /**
     * As {@link #rope(Array, int, boolean, float, float, int)}, of rows one behind the other that all begin at position 0,
     * where {@link #takesPacked}.
     *
     * @param lengths of the rows
     */
    public static Array rope(Array x, int dims, boolean traditional, float base, float scale, int[] lengths) {
        return Array.adopt(KernelCalls.rope(x.handle(), dims, traditional, base, scale, 0, 0, lengths, Mlx.stream()));
    }

    /** As {@link #rope(Array, int, boolean, float, float, int[])}, with wavelengths for a base. */
    public static Array rope(Array x, int dims, boolean traditional, Array freqs, float scale, int[] lengths) {
        return Array.adopt(
                KernelCalls.rope(x.handle(), dims, traditional, 0, scale, 0, freqs.handle(), lengths, Mlx.stream()));
    }

    /**
     * {@code softmax(scale * q k^T + mask) v}; each group of query heads shares a head of keys and values.
     *
     * @param q [batch, heads, length, features]
     * @param k [batch, key heads, key length, features]
     * @param v [batch, key heads, key length, value features]
     */
    public static Array attention(Array q, Array k, Array v, float scale, Mask mask) {
        return attention(q, k, v, scale, mask, Optional.empty());
    }

    /**
     * As {@link #attention(Array, Array, Array, float, Mask)}, with a further score per head that takes its share of the
     * softmax and gives nothing.
     *
     * @param sinks [heads]
     */
    public static Array attention(Array q, Array k, Array v, float scale, Mask mask, Optional<Array> sinks) {
        boolean ours = sinks.isEmpty() && Kernels.takeHeads(q, k, v);
        return switch (mask) {
            case Mask.None none when ours -> attention(q, k, v, scale, false, 0, ONE_ROW);
            case Mask.Causal causal when ours -> attention(q, k, v, scale, true, 0, ONE_ROW);
            case Mask.Packed rows
            when ours -> attention(q, k, v, scale, true, rows.window().orElse(0), rows.lengths());
            case Mask.None none -> attention(q, k, v, scale, NO_MASK, 0, sinks);
            case Mask.Causal causal -> attention(q, k, v, scale, CAUSAL, 0, sinks);
            case Mask.Of of -> attention(q, k, v, scale, ARRAY_MASK, of.array().handle(), sinks);
            case Mask.Packed rows -> throw new IllegalArgumentException("MLX's attention does not know packed rows");
        };
    }

    private static Array attention(Array q, Array k, Array v, float scale, boolean causal, int window, int[] lengths) {
        return Array.adopt(KernelCalls.attention(
                q.handle(), k.handle(), v.handle(), scale, causal, window, lengths, Mlx.stream()));
    }

    private static Array attention(
            Array q, Array k, Array v, float scale, long mode, long mask, Optional<Array> sinks) {
        return Array.adopt(
                Calls.attention(q.handle(), k.handle(), v.handle(), scale, mode, mask, handle(sinks), Mlx.stream()));
    }

    /**
     * Whether {@link #rope} and {@link #attention} without sinks take rows one behind the other, {@link Mask.Packed}.
     *
     * @param heads [1, heads, length, features]
     */
    public static boolean takesPacked(Array... heads) {
        return Kernels.takeHeads(heads);
    }

    /** The sum of two arrays of the same shape. */
    public static Array add(Array a, Array b) {
        return Kernels.take(a, b) && Arrays.equals(a.shape(), b.shape())
                ? Array.adopt(KernelCalls.add(a.handle(), b.handle(), Mlx.stream()))
                : a.add(b);
    }

    /** The sum of the squares of all numbers of some arrays, float32 scalar, added up in float32 or finer. */
    public static Array sumOfSquares(List<Array> arrays) {
        if (!arrays.isEmpty() && Kernels.take(arrays.toArray(Array[]::new))) {
            try (Vector vector = Vector.of(arrays)) {
                return Array.adopt(KernelCalls.sumOfSquares(vector.handle(), Mlx.stream()));
            }
        }
        return arrays.stream()
                .map(array -> array.astype(DType.FLOAT32).square().sum())
                .reduce(Array::add)
                .orElseGet(() -> Array.of(0f));
    }

    /**
     * An array for several uses, once for each: the same numbers, but the gradients that come back from the uses are added
     * in one pass.
     */
    public static List<Array> fork(Array x, int uses) {
        if (!Kernels.take(x)) {
            return Collections.nCopies(uses, x);
        }
        try (Vector forked = new Vector(KernelCalls.fork(x.handle(), uses, Mlx.stream()))) {
            return Vector.arrays(forked.handle());
        }
    }

    /**
     * Numbers of a step of Adam.
     *
     * @param rate learning rate, over {@code 1 - beta1^t} where that is corrected
     * @param unbias 1, or {@code 1 / sqrt(1 - beta2^t)} where that is corrected
     * @param keep factor of weight decay on the parameter, 1 for none
     */
    public record AdamStep(double beta1, double beta2, float eps, float rate, float unbias, float keep) {}

    /**
     * A step of Adam in one pass: the new parameter and moments; empty where there is no kernel for it, since MLX has none.
     *
     * @param m mean of the gradients
     * @param v mean of their squares
     */
    public static Optional<List<Array>> adam(AdamStep step, Array parameter, Array gradient, Array m, Array v) {
        if (!Kernels.take(parameter, gradient, m, v)) {
            return Optional.empty();
        }
        try (Vector made = new Vector(KernelCalls.adam(
                parameter.handle(),
                gradient.handle(),
                m.handle(),
                v.handle(),
                step.beta1(),
                step.beta2(),
                step.eps(),
                step.rate(),
                step.unbias(),
                step.keep(),
                Mlx.stream()))) {
            return Optional.of(Vector.arrays(made.handle()));
        }
    }

    /** Activations that gate, in the order of the kernels' numbers. */
    public enum Gating {
        SILU,
        GELU,
        GELU_TANH
    }

    /**
     * {@code activation(gate) * up} in one pass; empty where there is no kernel for it, since MLX has none.
     *
     * @param gate of the same shape as {@code up}
     */
    public static Optional<Array> gated(Gating activation, Array gate, Array up) {
        return Kernels.take(gate, up)
                ? Optional.of(
                        Array.adopt(KernelCalls.gated(gate.handle(), up.handle(), activation.ordinal(), Mlx.stream())))
                : Optional.empty();
    }

    /** As {@link #gated(Gating, Array, Array)}, of the first and the second half of the last axis. */
    public static Optional<Array> gated(Gating activation, Array gateUp) {
        return Kernels.take(gateUp)
                ? Optional.of(Array.adopt(KernelCalls.gatedJoined(gateUp.handle(), activation.ordinal(), Mlx.stream())))
                : Optional.empty();
    }

    /**
     * {@code -log softmax(logits)} at one class of each row.
     *
     * @param logits [rows, classes]
     * @param targets int32 [rows]
     * @return [rows]
     */
    public static Array crossEntropy(Array logits, Array targets) {
        if (Kernels.take(logits)) {
            return Array.adopt(KernelCalls.crossEntropy(logits.handle(), targets.handle(), Mlx.stream()));
        }
        return logits.logSumExp(-1)
                .subtract(logits.takeAlong(targets.expandDims(-1), -1).squeeze(-1));
    }

    private static long handle(Optional<Array> array) {
        return array.map(Array::handle).orElse(0L);
    }

    /** Which keys a query may attend to. */
    public sealed interface Mask {

        /** All of them. */
        record None() implements Mask {}

        /** Those up to its own position, where the last query is at the position of the last key. */
        record Causal() implements Mask {}

        /**
         * Those where the array is true, or with the array added to the scores.
         *
         * @param array broadcast to [batch, heads, length, key length]
         */
        record Of(Array array) implements Mask {}

        /**
         * Several rows one behind the other, as a batch of one: those of its own row up to its own position. Positions
         * begin again with each row.
         *
         * @param lengths of the rows, each at least 1; they sum to the length
         * @param window most keys that are seen, its own included; empty for all of the row
         */
        record Packed(int[] lengths, OptionalInt window) implements Mask {}
    }
}
