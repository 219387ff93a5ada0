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
