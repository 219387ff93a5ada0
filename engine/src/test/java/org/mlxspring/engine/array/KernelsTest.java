package org.mlxspring.engine.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            Array factor = random(3, rows, features);
            assertAlike(
                    List.of(x, weight),
                    in -> List.of(Fast.rmsNorm(in.get(0), in.get(1), 1e-5f)
                            .multiply(factor)
                            .sum()),
                    in -> List.of(Array.adopt(
                                    Calls.rmsNorm(in.get(0).handle(), in.get(1).handle(), 1e-5f, Mlx.stream()))
                            .multiply(factor)
                            .sum()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "5, 64", "67, 100", "200, 512"})
    void gated(int rows, int features) {
        try (Scope scope = Scope.open()) {
            Array gate = random(1, rows, features).multiply(3);
            Array up = random(2, rows, features);
            Array factor = random(3, rows, features);
            for (Fast.Gating activation : Fast.Gating.values()) {
                assertAlike(
                        List.of(gate, up),
                        in -> List.of(Fast.gated(activation, in.get(0), in.get(1))
                                .orElseThrow()
                                .multiply(factor)
                                .sum()),
                        in -> List.of(activation(activation, in.get(0))
                                .multiply(in.get(1))
                                .multiply(factor)
                                .sum()));
                assertAlike(
                        List.of(Array.concatenate(-1, gate, up)),
                        in -> List.of(Fast.gated(activation, in.getFirst())
                                .orElseThrow()
                                .multiply(factor)
                                .sum()),
                        in -> List.of(activation(activation, in.getFirst().slice(-1, 0, features))
                                .multiply(in.getFirst().slice(-1, features, 2 * features))
                                .multiply(factor)
                                .sum()));
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
            Array factor = random(3, rows);
            assertAlike(
                    List.of(logits),
                    in -> List.of(Fast.crossEntropy(in.getFirst(), targets)
                            .multiply(factor)
                            .sum()),
                    in -> List.of(in.getFirst()
                            .logSumExp(-1)
                            .subtract(in.getFirst()
                                    .takeAlong(targets.expandDims(-1), -1)
                                    .squeeze(-1))
                            .multiply(factor)
                            .sum()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1, 0", "2, 3, 9, 0", "1, 4, 40, 500", "2, 2, 33, 7"})
    void rope(int batch, int heads, int length, int offset) {
        try (Scope scope = Scope.open()) {
            for (int features : new int[] {64, 20, 96}) {
                Array x = random(1, batch, length, heads, features);
                Array factor = random(2, batch, heads, length, features);
                Array freqs = random(3, features / 2).abs().add(1);
                for (int dims : new int[] {features, features / 2}) {
                    Array listed = freqs.slice(0, 0, dims / 2);
                    for (boolean traditional : new boolean[] {false, true}) {
                        assertAlike(
                                List.of(x),
                                in -> List.of(Fast.rope(
                                                in.getFirst().transpose(0, 2, 1, 3),
                                                dims,
                                                traditional,
                                                1e4f,
                                                0.5f,
                                                offset)
                                        .multiply(factor)
                                        .sum()),
                                in -> List.of(Array.adopt(Calls.rope(
                                                in.getFirst()
                                                        .transpose(0, 2, 1, 3)
                                                        .handle(),
                                                dims,
                                                traditional,
                                                Calls.optional(1e4f),
                                                0.5f,
                                                offset,
                                                0,
                                                Mlx.stream()))
                                        .multiply(factor)
                                        .sum()));
                        assertAlike(
                                List.of(x.reshape(batch, heads, length, features)),
                                in -> List.of(Fast.rope(in.getFirst(), dims, traditional, listed, 1, offset)
                                        .multiply(factor)
                                        .sum()),
                                in -> List.of(Array.adopt(Calls.rope(
                                                in.getFirst().handle(),
                                                dims,
                                                traditional,
                                                0,
                                                1,
                                                offset,
                                                listed.handle(),
                                                Mlx.stream()))
                                        .multiply(factor)
                                        .sum()));
                    }
                }
            }
        }
    }

    /** Compares the values of two functions, and their gradients to every argument. */
    private static void assertAlike(
            List<Array> arguments, UnaryOperator<List<Array>> ours, UnaryOperator<List<Array>> theirs) {
        try (Gradient one = Gradient.of(ours, arguments.size());
                Gradient other = Gradient.of(theirs, arguments.size())) {
            Gradient.Result mine = one.apply(arguments);
            Gradient.Result mlx = other.apply(arguments);
            assertClose(mine.values().getFirst(), mlx.values().getFirst());
            for (int i = 0; i < arguments.size(); i++) {
                assertClose(mine.gradients().get(i), mlx.gradients().get(i));
            }
        }
    }

    /** Differences are measured against the largest number that is expected. */
    private static void assertClose(Array actual, Array expected) {
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

    private static Array random(int seed, int... shape) {
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
