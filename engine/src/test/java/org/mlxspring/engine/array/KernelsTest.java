package org.mlxspring.engine.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.ffi.Calls;
import org.mlxspring.engine.ffi.KernelCalls;

/** Our kernels against MLX's own operations, values and gradients. */
class KernelsTest {

    private static final double CLOSE = 1e-5;

    @Test
    void theLibraryIsThereOnLinux() {
        assertThat(KernelCalls.present())
                .isEqualTo(System.getProperty("os.name").equals("Linux"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "5, 64", "67, 100", "200, 512"})
    void rmsNorm(int rows, int features) {
        try (Scope scope = Scope.open()) {
            Array x = random(1, rows, features);
            Array weight = random(2, features);
            assertAlike(
                    List.of(x, weight),
                    in -> Fast.rmsNorm(in.get(0), in.get(1), 1e-5f),
                    in -> Array.adopt(
                            Calls.rmsNorm(in.get(0).handle(), in.get(1).handle(), 1e-5f, Mlx.stream())));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "200, 512"})
    void forksAndSums(int rows, int features) {
        try (Scope scope = Scope.open()) {
            assertAlike(
                    List.of(random(1, rows, features), random(2, rows, features)),
                    in -> {
                        List<Array> uses = Fast.fork(in.getFirst(), 3);
                        return Fast.add(uses.get(0).multiply(uses.get(1)), Fast.add(uses.get(2), in.getLast()));
                    },
                    in -> in.getFirst().square().add(in.getFirst()).add(in.getLast()));
        }
    }

    @Test
    void adamAndSquares() {
        try (Scope scope = Scope.open()) {
            Array p = random(1, 67, 301);
            Array g = random(2, 67, 301);
            Array m = random(3, 67, 301);
            Array v = random(4, 67, 301).square();
            List<Array> made = Fast.adam(new Fast.AdamStep(0.9, 0.99, 1e-3f, 0.1f, 1.5f, 0.8f), p, g, m, v)
                    .orElseThrow();
            Array first = m.multiply(0.9f).add(g.multiply(0.1f));
            Array second = v.multiply(0.99f).add(g.square().multiply(0.01f));
            Array change =
                    first.multiply(0.1f).divide(second.sqrt().multiply(1.5f).add(1e-3f));
            assertClose(made.get(0), p.multiply(0.8f).subtract(change));
            assertClose(made.get(1), first);
            assertClose(made.get(2), second);
            assertClose(
                    Fast.sumOfSquares(List.of(p, m)),
                    p.square().sum().add(m.square().sum()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "5, 64", "67, 100", "200, 512"})
    void gated(int rows, int features) {
        try (Scope scope = Scope.open()) {
            Array gate = random(1, rows, features).multiply(3);
            Array up = random(2, rows, features);
            for (Fast.Gating activation : Fast.Gating.values()) {
                assertAlike(
                        List.of(gate, up),
                        in -> Fast.gated(activation, in.get(0), in.get(1)).orElseThrow(),
                        in -> activation(activation, in.get(0)).multiply(in.get(1)));
                assertAlike(
                        List.of(Array.concatenate(-1, gate, up)),
                        in -> Fast.gated(activation, in.getFirst()).orElseThrow(),
                        in -> activation(activation, in.getFirst().slice(-1, 0, features))
                                .multiply(in.getFirst().slice(-1, features, 2 * features)));
            }
        }
    }

    private static Array activation(Fast.Gating activation, Array x) {
        return switch (activation) {
            case SILU -> x.multiply(x.sigmoid());
            case GELU -> x.multiply(0.5f).multiply(x.multiply(0.70710678f).erf().add(1));
            case GELU_TANH ->
                x.multiply(0.5f)
                        .multiply(x.add(x.multiply(x).multiply(x).multiply(0.044715f))
                                .multiply(0.7978845608f)
                                .tanh()
                                .add(1));
        };
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "5, 64", "67, 101", "20, 8192"})
    void crossEntropy(int rows, int classes) {
        try (Scope scope = Scope.open()) {
            Array logits = random(1, rows, classes).multiply(5);
            int[] places = new Random(2).ints(rows, 0, classes).toArray();
            Array targets = Array.of(places, rows);
            assertAlike(List.of(logits), in -> Fast.crossEntropy(in.getFirst(), targets), in -> in.getFirst()
                    .logSumExp(-1)
                    .subtract(
                            in.getFirst().takeAlong(targets.expandDims(-1), -1).squeeze(-1)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1, 0", "2, 3, 9, 0", "1, 4, 40, 500", "2, 2, 33, 7"})
    void rope(int batch, int heads, int length, int offset) {
        try (Scope scope = Scope.open()) {
            for (int features : new int[] {64, 20, 96}) {
                Array x = random(1, batch, length, heads, features);
                Array freqs = random(3, features / 2).abs().add(1);
                for (int dims : new int[] {features, features / 2}) {
                    Array listed = freqs.slice(0, 0, dims / 2);
                    for (boolean traditional : new boolean[] {false, true}) {
                        assertAlike(
                                List.of(x),
                                in -> Fast.rope(
                                        in.getFirst().transpose(0, 2, 1, 3), dims, traditional, 1e4f, 0.5f, offset),
                                in -> Array.adopt(Calls.rope(
                                        in.getFirst().transpose(0, 2, 1, 3).handle(),
                                        dims,
                                        traditional,
                                        Calls.optional(1e4f),
                                        0.5f,
                                        offset,
                                        0,
                                        Mlx.stream())));
                        assertAlike(
                                List.of(x.reshape(batch, heads, length, features)),
                                in -> Fast.rope(in.getFirst(), dims, traditional, listed, 1, offset),
                                in -> Array.adopt(Calls.rope(
                                        in.getFirst().handle(),
                                        dims,
                                        traditional,
                                        0,
                                        1,
                                        offset,
                                        listed.handle(),
                                        Mlx.stream())));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 2, 2, 64",
        "2, 4, 2, 37, 37, 64",
        "1, 4, 1, 200, 200, 64",
        "1, 2, 2, 19, 150, 64",
        "1, 2, 1, 260, 260, 20",
        "1, 6, 2, 31, 31, 128",
        "2, 4, 2, 1, 77, 64",
        "1, 8, 2, 2, 700, 32"
    })
    void attention(int batch, int heads, int keyHeads, int queries, int keys, int features) {
        try (Scope scope = Scope.open()) {
            // Heads side by side, as projections give them.
            Array q = random(1, batch, queries, heads, features);
            Array k = random(2, batch, keys, keyHeads, features);
            Array v = random(3, batch, keys, keyHeads, features);
            float scale = (float) (1 / Math.sqrt(features));
            for (Mask mask : List.of(new Mask.None(), new Mask.Causal())) {
                long mode = Arena.global()
                        .allocateFrom(mask instanceof Mask.Causal ? "causal" : "")
                        .address();
                assertAlike(
                        List.of(q, k, v),
                        in -> Fast.attention(heads(in.get(0)), heads(in.get(1)), heads(in.get(2)), scale, mask),
                        in -> theirs(heads(in.get(0)), heads(in.get(1)), heads(in.get(2)), scale, mode, 0));
                assertAlike(
                        List.of(heads(q).multiply(1), heads(k).multiply(1), heads(v).multiply(1)),
                        in -> Fast.attention(in.get(0), in.get(1), in.get(2), scale, mask),
                        in -> theirs(in.get(0), in.get(1), in.get(2), scale, mode, 0));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 2, 64, 0", "2, 2, 24, 0", "4, 1, 64, 20"})
    void packedRows(int heads, int keyHeads, int features, int window) {
        int[] lengths = {5, 1, 60, 37, 130};
        int length = Arrays.stream(lengths).sum();
        try (Scope scope = Scope.open()) {
            Array q = random(1, 1, length, heads, features);
            Array k = random(2, 1, length, keyHeads, features);
            Array v = random(3, 1, length, keyHeads, features);
            long mode = Arena.global().allocateFrom("array").address();
            Mask mask = new Mask.Packed(lengths, window == 0 ? OptionalInt.empty() : OptionalInt.of(window));
            Array seen = seen(lengths, window);
            assertAlike(
                    List.of(q, k, v),
                    in -> Fast.attention(
                            Fast.rope(heads(in.get(0)), features, false, 1e4f, 1, lengths),
                            Fast.rope(heads(in.get(1)), features, false, 1e4f, 1, lengths),
                            heads(in.get(2)),
                            0.2f,
                            mask),
                    in -> theirs(
                            rowByRow(heads(in.get(0)), lengths),
                            rowByRow(heads(in.get(1)), lengths),
                            heads(in.get(2)),
                            0.2f,
                            mode,
                            seen.handle()));
        }
    }

    private static Array heads(Array x) {
        return x.transpose(0, 2, 1, 3);
    }

    private static Array theirs(Array q, Array k, Array v, float scale, long mode, long mask) {
        return Array.adopt(Calls.attention(q.handle(), k.handle(), v.handle(), scale, mode, mask, 0, Mlx.stream()));
    }

    private static Array rowByRow(Array x, int[] lengths) {
        return Array.concatenate(
                2,
                x.split(2, lengths).stream()
                        .map(row -> Array.adopt(
                                Calls.rope(row.handle(), x.dim(3), false, Calls.optional(1e4f), 1, 0, 0, Mlx.stream())))
                        .toArray(Array[]::new));
    }

    /** Scores to add, [length, length]: very low where a query sees no key. */
    private static Array seen(int[] lengths, int window) {
        int length = Arrays.stream(lengths).sum();
        float[] hidden = new float[length * length];
        Arrays.fill(hidden, -1e9f);
        int first = 0;
        for (int row : lengths) {
            for (int i = 0; i < row; i++) {
                for (int j = window == 0 ? 0 : Math.max(0, i - window + 1); j <= i; j++) {
                    hidden[(first + i) * length + first + j] = 0;
                }
            }
            first += row;
        }
        return Array.of(hidden, length, length);
    }

    /** Compares the results of two functions, and the gradients of a sum of them to every argument. */
    static void assertAlike(
            List<Array> arguments, Function<List<Array>, Array> ours, Function<List<Array>, Array> theirs) {
        try (Gradient one = Gradient.of(in -> weighted(ours.apply(in)), arguments.size());
                Gradient other = Gradient.of(in -> weighted(theirs.apply(in)), arguments.size())) {
            Gradient.Result mine = one.apply(arguments);
            Gradient.Result mlx = other.apply(arguments);
            assertClose(mine.values().getLast(), mlx.values().getLast());
            for (int i = 0; i < arguments.size(); i++) {
                assertClose(mine.gradients().get(i), mlx.gradients().get(i));
            }
        }
    }

    private static List<Array> weighted(Array y) {
        return List.of(y.multiply(random(99, y.shape())).sum(), y);
    }

    /** Differences are measured against the largest number that is expected. */
    static void assertClose(Array actual, Array expected) {
        assertThat(actual.shape()).containsExactly(expected.shape());
        float[] found = actual.toFloats();
        float[] wanted = expected.toFloats();
        double largest = 1e-3;
        double difference = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            difference = Math.max(difference, Math.abs(found[i] - wanted[i]));
        }
        assertThat(difference / largest).isLessThan(CLOSE);
    }

    static Array random(int seed, int... shape) {
        Random random = new Random(seed);
        int size = 1;
        for (int each : shape) {
            size *= each;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Array.of(values, shape);
    }
}
