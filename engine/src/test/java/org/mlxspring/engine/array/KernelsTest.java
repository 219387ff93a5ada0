package org.mlxspring.engine.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.ffi.Calls;
import org.mlxspring.engine.ffi.KernelCalls;
import org.mlxspring.engine.ffi.MlxC;

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
    @CsvSource({"1, 1, 1", "1, 64, 100", "2, 33, 7", "7, 64, 64", "40, 8, 96", "100, 65, 129", "300, 257, 40"})
    void matmul(int rows, int depth, int columns) {
        try (Scope scope = Scope.open()) {
            Array x = random(1, 2, rows, depth);
            Array w = random(2, columns, depth);
            Array row = random(3, columns);
            Array whole = random(4, 2, rows, columns);
            Array factor = random(5, 2, rows, columns);
            assertAlike(
                    List.of(x, w, row, whole),
                    in -> {
                        Array transposed = in.get(1).transpose();
                        Array first = in.get(2).addMatmul(in.get(0), transposed);
                        Array second = in.get(3).addMatmul(in.get(0).multiply(2), transposed);
                        Array third = in.get(0).matmul(transposed);
                        return List.of(first.add(second)
                                .add(third.multiply(3))
                                .multiply(factor)
                                .sum());
                    },
                    in -> {
                        Array product = mlxMatmul(in.get(0), in.get(1).transpose());
                        return List.of(product.multiply(6)
                                .add(in.get(2))
                                .add(in.get(3))
                                .multiply(factor)
                                .sum());
                    });
        }
    }

    @Test
    void matmulReadsAnyLayout() {
        try (Scope scope = Scope.open()) {
            Array x = random(1, 6, 4, 10);
            Array w = random(2, 20, 9);
            List<Array> lefts = List.of(
                    x.transpose(1, 0, 2), x.transpose(2, 1, 0), x.slice(0, 1, 4), x.slice(2, 2, 9), x.slice(1, 1, 2));
            for (Array left : lefts) {
                int depth = left.shape()[2];
                Array right = w.slice(0, 3, 3 + depth);
                assertClose(left.matmul(right), mlxMatmul(left, right));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BFLOAT16", "FLOAT16"})
    void matmulOfHalves(DType type) {
        try (Scope scope = Scope.open()) {
            Array x = random(1, 50, 70).astype(type);
            Array w = random(2, 90, 70).astype(type).transpose();
            Array ours = x.matmul(w);
            assertThat(ours.dtype()).isEqualTo(type);
            Array wanted =
                    mlxMatmul(x.astype(DType.FLOAT32), w.astype(DType.FLOAT32)).astype(type);
            double unit = type == DType.BFLOAT16 ? 0x1p-7 : 0x1p-10;
            float[] found = ours.toFloats();
            float[] expected = wanted.toFloats();
            for (int i = 0; i < found.length; i++) {
                assertThat((double) found[i]).isCloseTo(expected[i], within(unit * Math.abs(expected[i]) + 1e-6));
            }
        }
    }

    private static Array mlxMatmul(Array left, Array right) {
        return Array.adopt(Calls.aa(MlxC.MATMUL, left.handle(), right.handle(), Mlx.stream()));
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
