package org.mlxspring.engine.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mlxspring.engine.array.KernelsTest.assertClose;
import static org.mlxspring.engine.array.KernelsTest.random;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.array.Quantization.Packed;
import org.mlxspring.engine.ffi.Calls;
import org.mlxspring.engine.ffi.MlxC;

/** Our matrix products against MLX's own, values and gradients. The kernels' own test compares many more with float64. */
class ProductsTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 64, 100", "2, 33, 7", "7, 64, 64", "40, 8, 96", "100, 65, 129", "300, 257, 40"})
    void matmul(int rows, int depth, int columns) {
        try (Scope scope = Scope.open()) {
            Array x = random(1, 2, rows, depth);
            Array w = random(2, columns, depth);
            Array row = random(3, columns);
            Array whole = random(4, 2, rows, columns);
            assertSame(
                    List.of(x, w),
                    in -> in.get(0).matmul(in.get(1).transpose()),
                    in -> mlx(in.get(0), in.get(1).transpose()));
            for (Array c : List.of(row, whole)) {
                assertSame(
                        List.of(c, x, w),
                        in -> in.get(0).addMatmul(in.get(1), in.get(2).transpose()),
                        in -> in.get(0).add(mlx(in.get(1), in.get(2).transpose())));
            }
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
                assertClose(left.matmul(right), mlx(left, right));
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
            Array wanted = mlx(x.astype(DType.FLOAT32), w.astype(DType.FLOAT32)).astype(type);
            double unit = type == DType.BFLOAT16 ? 0x1p-7 : 0x1p-10;
            float[] found = ours.toFloats();
            float[] expected = wanted.toFloats();
            for (int i = 0; i < found.length; i++) {
                assertThat((double) found[i]).isCloseTo(expected[i], within(unit * Math.abs(expected[i]) + 1e-6));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 64", "3, 64", "4, 32", "4, 64", "4, 128", "5, 128", "6, 32", "8, 64", "8, 32"})
    void quantizedMatmul(int bits, int groupSize) {
        Quantization format = new Quantization(Quantization.Mode.AFFINE, groupSize, bits);
        try (Scope scope = Scope.open()) {
            Packed packed = format.pack(random(1, 70, 384));
            for (int rows : new int[] {1, 3, 20, 90}) {
                Array x = random(2, 2, rows, 384);
                assertSame(
                        List.of(x),
                        in -> format.matmul(in.getFirst(), packed),
                        in -> mlx(in.getFirst(), format.unpack(packed).transpose()));
                assertSame(
                        List.of(random(3, 2, rows, 70)),
                        in -> format.matmulAcross(in.getFirst(), packed),
                        in -> mlx(in.getFirst(), format.unpack(packed)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "5, 4", "70, 8", "130, 16"})
    void lowRank(int rows, int rank) {
        Quantization format = Quantization.Mode.AFFINE.standard();
        try (Scope scope = Scope.open()) {
            Array weight = random(1, 70, 128);
            Packed packed = format.pack(weight);
            List<Array> arguments = List.of(random(2, 2, rows, 128), random(3, 128, rank), random(4, rank, 70));
            assertSame(
                    arguments,
                    in -> new LowRank(in.get(1), in.get(2), 3).multiply(in.get(0), weight),
                    in -> lowRank(in, weight));
            assertSame(
                    arguments,
                    in -> new LowRank(in.get(1), in.get(2), 3).multiply(in.get(0), format, packed),
                    in -> lowRank(in, format.unpack(packed)));
        }
    }

    private static Array lowRank(List<Array> in, Array weight) {
        return mlx(in.get(0), weight.transpose())
                .add(mlx(mlx(in.get(0), in.get(1)), in.get(2)).multiply(3));
    }

    @Test
    void quantizedMatmulOfHalves() {
        Quantization format = Quantization.Mode.AFFINE.standard();
        try (Scope scope = Scope.open()) {
            Packed packed = format.pack(random(1, 70, 256).astype(DType.BFLOAT16));
            for (int rows : new int[] {1, 40}) {
                Array x = random(2, rows, 256).astype(DType.BFLOAT16);
                Array ours = format.matmul(x, packed);
                assertThat(ours.dtype()).isEqualTo(DType.BFLOAT16);
                Array wanted = mlx(
                        x.astype(DType.FLOAT32),
                        format.unpack(packed.map(
                                        part -> part.dtype() == DType.UINT32 ? part : part.astype(DType.FLOAT32)))
                                .transpose());
                float[] found = ours.toFloats();
                float[] expected = wanted.toFloats();
                for (int i = 0; i < found.length; i++) {
                    assertThat((double) found[i]).isCloseTo(expected[i], within(0x1p-8 * Math.abs(expected[i]) + 1e-4));
                }
            }
        }
    }

    /** Compares two functions, and their gradients to every argument from random ones to their results. */
    private static void assertSame(
            List<Array> arguments, Function<List<Array>, Array> ours, Function<List<Array>, Array> theirs) {
        Array expected = theirs.apply(arguments);
        assertClose(ours.apply(arguments), expected);
        Array factor = random(9, expected.shape());
        try (Gradient one = Gradient.of(
                        in -> List.of(ours.apply(in).multiply(factor).sum()), arguments.size());
                Gradient other = Gradient.of(
                        in -> List.of(theirs.apply(in).multiply(factor).sum()), arguments.size())) {
            List<Array> mine = one.apply(arguments).gradients();
            List<Array> mlx = other.apply(arguments).gradients();
            for (int i = 0; i < arguments.size(); i++) {
                assertClose(mine.get(i), mlx.get(i));
            }
        }
    }

    private static Array mlx(Array left, Array right) {
        return Array.adopt(Calls.aa(MlxC.MATMUL, left.handle(), right.handle(), Mlx.stream()));
    }
}
